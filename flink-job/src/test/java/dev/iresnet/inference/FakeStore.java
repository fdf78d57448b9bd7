package dev.iresnet.inference;

import dev.iresnet.decoding.fetch.ImageStore;
import dev.iresnet.decoding.fetch.Stored;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.FrameException;
import dev.iresnet.event.ImageUri;
import dev.iresnet.event.RawRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Has what is put into it; may be down, and may hang as native code does, deaf to interruption. */
final class FakeStore implements ImageStore {
    final AtomicInteger opens = new AtomicInteger();
    final AtomicInteger mostAtOnce = new AtomicInteger();

    private final Map<ImageUri, byte[]> pictures = new ConcurrentHashMap<>();
    private final Map<ImageUri, FailureCode> refusals = new ConcurrentHashMap<>();
    private final Set<String> down = ConcurrentHashMap.newKeySet();
    private final Map<String, Semaphore> hangs = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    /** Puts the picture where the event of this camera says it is. */
    void put(String camera, RawRecord record) {
        put(camera, record.offset(), Remote.bytes(record).array());
    }

    void put(String camera, long number, byte[] bytes) {
        pictures.put(Stored.uri(camera, number), bytes);
    }

    void refuse(String camera, long number, FailureCode code) {
        refusals.put(Stored.uri(camera, number), code);
    }

    void goDown(String camera) {
        down.add(camera);
    }

    void comeUp(String camera) {
        down.remove(camera);
    }

    /** From now on reads of this camera do not come back until they are let. */
    void hang(String camera) {
        hangs.put(camera, new Semaphore(0));
    }

    /** Lets go those that hang, and hangs no more. */
    void letGo(String camera) {
        Semaphore hang = hangs.remove(camera);
        if (hang != null) {
            hang.release(1_000_000);
        }
    }

    /** Reads of this camera that hang. */
    int hanging(String camera) {
        Semaphore hang = hangs.get(camera);
        return hang == null ? 0 : hang.getQueueLength();
    }

    @Override
    public InputStream open(ImageUri uri) throws FrameException, IOException {
        opens.incrementAndGet();
        mostAtOnce.accumulateAndGet(open.incrementAndGet(), Math::max);
        try {
            Semaphore hang = hangs.get(uri.authority());
            if (hang != null) {
                hang.acquireUninterruptibly();
            }
            if (down.contains(uri.authority())) {
                throw new IOException(uri.authority() + " is down");
            }
            FailureCode refusal = refusals.get(uri);
            if (refusal != null) {
                throw new FrameException(refusal, "made up");
            }
            byte[] bytes = pictures.get(uri);
            if (bytes == null) {
                throw new FrameException(FailureCode.IMAGE_NOT_FOUND, uri + " is not here");
            }
            return new ByteArrayInputStream(bytes);
        } finally {
            open.decrementAndGet();
        }
    }
}
