package dev.iresnet.proving.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * The two ports of a broker that is its own controller. They are found before Kafka binds them: it
 * wants the controller's number in its configuration.
 */
record Ports(int broker, int controller) {

    // 127.0.0.1 by its bytes: "localhost" is ::1 on some machines, and the broker listens on one.
    private static final InetAddress LOOPBACK = loopback();

    /**
     * @param port of the broker; 0 takes a free one
     * @throws BrokerException when the port is taken
     */
    static Ports find(int port) {
        try (ServerSocket broker = bind(port);
                ServerSocket controller = bind(0)) {
            return new Ports(broker.getLocalPort(), controller.getLocalPort());
        } catch (IOException e) {
            throw new BrokerException(
                    "The broker cannot listen on 127.0.0.1:%d: %s. Choose another port, or 0 for a free one."
                            .formatted(port, e.getMessage()),
                    e);
        }
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
}
