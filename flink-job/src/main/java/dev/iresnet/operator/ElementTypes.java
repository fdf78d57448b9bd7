package dev.iresnet.operator;

import dev.iresnet.event.RawRecord;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameResult;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** Flink's view of the elements of the pipeline; nothing falls back to Kryo. */
public final class ElementTypes {
    public static final TypeInformation<RawRecord> RAW_RECORD =
            new ElementType<>(RawRecord.class, new RawRecordSerializer());
    public static final TypeInformation<FrameResult> FRAME_RESULT =
            new ElementType<>(FrameResult.class, new FrameResultSerializer());
    public static final TypeInformation<FrameFailure> FRAME_FAILURE =
            new ElementType<>(FrameFailure.class, new FrameFailureSerializer());

    private ElementTypes() {}

    private static final class ElementType<T> extends TypeInformation<T> {
        private final Class<T> type;
        private final TypeSerializer<T> serializer;

        ElementType(Class<T> type, TypeSerializer<T> serializer) {
            this.type = type;
            this.serializer = serializer;
        }

        @Override
        public TypeSerializer<T> createSerializer(SerializerConfig config) {
            return serializer;
        }

        @Override
        public Class<T> getTypeClass() {
            return type;
        }

        @Override
        public boolean isBasicType() {
            return false;
        }

        @Override
        public boolean isTupleType() {
            return false;
        }

        @Override
        public boolean isKeyType() {
            return false;
        }

        @Override
        public int getArity() {
            return 1;
        }

        @Override
        public int getTotalFields() {
            return 1;
        }

        @Override
        public boolean canEqual(Object other) {
            return other instanceof ElementType;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ElementType<?> that && that.type == type;
        }

        @Override
        public int hashCode() {
            return type.hashCode();
        }

        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }
}
