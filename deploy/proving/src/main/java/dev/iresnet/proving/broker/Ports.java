package dev.iresnet.proving.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The ports of a broker that is its own controller. They are found before Kafka binds them: it
 * wants the controller's number in its configuration.
 *
 * @param guarded by the listeners' names
 */
record Ports(int broker, int controller, Map<String, Integer> guarded) {

    // 127.0.0.1 by its bytes: "localhost" is ::1 on some machines, and the broker listens on one.
    private static final InetAddress LOOPBACK = loopback();

    /**
     * @param port of the broker; 0 takes a free one
     * @param guarded listeners besides, on free ports
     * @throws BrokerException when the port is taken
     */
    static Ports find(int port, List<GuardedListener> guarded) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            held.add(bind(port));
            held.add(bind(0));
            Map<String, Integer> others = new HashMap<>();
            for (GuardedListener listener : guarded) {
                held.add(bind(0));
                others.put(listener.name(), held.get(held.size() - 1).getLocalPort());
            }
            return new Ports(held.get(0).getLocalPort(), held.get(1).getLocalPort(), others);
        } catch (IOException e) {
            throw new BrokerException(
                    "The broker cannot listen on 127.0.0.1:%d: %s. Choose another port, or 0 for a free one."
                            .formatted(port, e.getMessage()),
                    e);
        } finally {
            held.forEach(Ports::close);
        }
    }

    int guarded(GuardedListener listener) {
        return Objects.requireNonNull(guarded.get(listener.name()), listener.name());
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        try {
            socket.bind(new InetSocketAddress(LOOPBACK, port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new BrokerException("Port %d stays taken".formatted(socket.getLocalPort()), e);
        }
    }
}
