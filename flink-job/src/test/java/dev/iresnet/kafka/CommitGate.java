package dev.iresnet.kafka;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.Endpoint;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.server.authorizer.AclCreateResult;
import org.apache.kafka.server.authorizer.AclDeleteResult;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.apache.kafka.server.authorizer.Authorizer;
import org.apache.kafka.server.authorizer.AuthorizerServerInfo;
import org.jspecify.annotations.Nullable;

/**
 * A broker's authorizer that allows everything, but for the ends of transactions while the gate is
 * shut: those are held, and refused when it opens, so that they have had no effect. One for all
 * brokers of the process, since Kafka makes the instances.
 */
public final class CommitGate implements Authorizer {
    private static final Set<String> HELD = ConcurrentHashMap.newKeySet();
    private static volatile @Nullable CountDownLatch shut;

    public static void shut() {
        HELD.clear();
        shut = new CountDownLatch(1);
    }

    /** Like shut, but refuses at once: neither commits nor aborts have any effect. */
    public static void refuse() {
        HELD.clear();
        shut = new CountDownLatch(0);
    }

    /** Refuses what is held, and lets pass what comes from now on. */
    public static void open() {
        CountDownLatch opening = shut;
        shut = null;
        if (opening != null) {
            opening.countDown();
        }
    }

    /** Transactions that somebody wanted to end since it was shut. */
    public static Set<String> held() {
        return Set.copyOf(HELD);
    }

    @Override
    public List<AuthorizationResult> authorize(
            AuthorizableRequestContext context, List<Action> actions) {
        CountDownLatch opening = shut;
        boolean held = opening != null && context.requestType() == ApiKeys.END_TXN.id;
        if (held) {
            actions.forEach(action -> HELD.add(action.resourcePattern().name()));
            await(opening);
        }
        AuthorizationResult result =
                held ? AuthorizationResult.DENIED : AuthorizationResult.ALLOWED;
        return actions.stream().map(action -> result).toList();
    }

    private static void await(@Nullable CountDownLatch latch) {
        try {
            if (latch != null) {
                latch.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Map<Endpoint, ? extends CompletionStage<Void>> start(AuthorizerServerInfo info) {
        Map<Endpoint, CompletionStage<Void>> ready = new ConcurrentHashMap<>();
        info.endpoints()
                .forEach(endpoint -> ready.put(endpoint, CompletableFuture.completedFuture(null)));
        return ready;
    }

    @Override
    public void configure(Map<String, ?> properties) {}

    @Override
    public List<? extends CompletionStage<AclCreateResult>> createAcls(
            AuthorizableRequestContext context, List<AclBinding> bindings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<? extends CompletionStage<AclDeleteResult>> deleteAcls(
            AuthorizableRequestContext context, List<AclBindingFilter> filters) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<AclBinding> acls(AclBindingFilter filter) {
        return List.of();
    }

    @Override
    public void close() {}
}
