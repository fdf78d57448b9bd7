package dev.iresnet.schemas;

import dev.iresnet.schemas.avro.LabeledResult;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/** How Avro maps our schemas to the generated classes. */
final class RecordModel {

    private RecordModel() {}

    static SpecificData of(Class<?> record) {
        // The records' own loader: Avro's may be a parent that does not see them.
        SpecificData model = new OurRecords(record.getClassLoader());
        model.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
        return model;
    }

    /**
     * Finds the generated classes, and gives results the writer that is made for them; a model of
     * another record never asks.
     */
    private static final class OurRecords extends SpecificData {
        private static final String GENERATED = LabeledResult.class.getPackageName();

        OurRecords(ClassLoader loader) {
            super(loader);
        }

        /**
         * Avro loads a class that a schema names only if a setting of the whole process trusts it
         * ({@code ClassSecurityValidator}). Ours are found without, whatever is set.
         */
        @Override
        public @Nullable Class<?> getClass(Schema schema) {
            boolean named =
                    schema.getType() == Schema.Type.RECORD || schema.getType() == Schema.Type.ENUM;
            if (!named || !GENERATED.equals(schema.getNamespace())) {
                return super.getClass(schema);
            }
            try {
                return Class.forName(schema.getFullName(), false, getClassLoader());
            } catch (ClassNotFoundException e) {
                return null; // as Avro says it: a writer's record that we have no class for
            }
        }

        @Override
        public DatumWriter<?> createDatumWriter(Schema schema) {
            return schema.getFullName().equals(LabeledResult.getClassSchema().getFullName())
                    ? new ResultWriter(schema)
                    : super.createDatumWriter(schema);
        }
    }
}
