package dev.iresnet.operator;

import dev.iresnet.event.RawRecord;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameResult;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Flink's view of the elements of the pipeline; nothing falls back to Kryo. */
public final class ElementTypes {
    public static final TypeInformation<RawRecord> RAW_RECORD =
            new ElementType<>(RawRecord.class, new RawRecordSerializer());
    public static final TypeInformation<FrameResult> FRAME_RESULT =
            new ElementType<>(FrameResult.class, new FrameResultSerializer());
    public static final TypeInformation<FrameFailure> FRAME_FAILURE =
            new ElementType<>(FrameFailure.class, new FrameFailureSerializer());

    private ElementTypes() {}

    /** Of an element with a serializer of its own. */
    public static <T> TypeInformation<T> of(Class<T> type, TypeSerializer<T> serializer) {
        return new ElementType<>(type, serializer);
    }

    /** Without fields or keys of its own, as Flink's basic types are. */
    private static final class ElementType<T> extends BasicTypeInfo<T> {
        private static final long serialVersionUID = 1L;

        ElementType(Class<T> type, TypeSerializer<T> serializer) {
            super(type, new Class<?>[0], serializer, null);
        }

        @Override
        public String toString() {
            return getTypeClass().getSimpleName();
        }
    }
}
