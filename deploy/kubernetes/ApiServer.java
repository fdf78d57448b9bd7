import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.HashMap;

/**
 * A stand-in for a Kubernetes API server, for {@code native}: it keeps what clients create and tells
 * them of changes, but starts no pod. It prints its address and ends with its input. Class path:
 * io.fabric8:kubernetes-server-mock.
 */
final class ApiServer {
    public static void main(String[] arguments) throws Exception {
        var server =
                new KubernetesMockServer(
                        new Context(),
                        new MockWebServer(),
                        new HashMap<>(),
                        new KubernetesCrudDispatcher(),
                        false);
        server.init();
        System.out.println(server.url("/"));
        while (System.in.read() >= 0) {}
        System.exit(0);
    }
}
