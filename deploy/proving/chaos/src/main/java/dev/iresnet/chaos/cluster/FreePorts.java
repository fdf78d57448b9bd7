package dev.iresnet.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Ports that stay the same when a process is started again, and so are fixed beforehand.
 *
 * @param broker of Kafka
 * @param zooKeeper of ZooKeeper
 * @param rest of the JobManager's REST interface
 */
public record FreePorts(int broker, int zooKeeper, int rest) {

    /** Takes what is free at the moment. */
    public static FreePorts find() {
        try (ServerSocket broker = any();
                ServerSocket zooKeeper = any();
                ServerSocket rest = any()) {
            return new FreePorts(
                    broker.getLocalPort(), zooKeeper.getLocalPort(), rest.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException("no free ports on 127.0.0.1", e);
        }
    }

    private static ServerSocket any() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    /** Whether somebody takes connections on the broker's port. */
    boolean brokerListens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + broker;
    }
}
