package dev.iresnet.schemas;

import dev.iresnet.schemas.avro.LabeledResult;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificData;

/** How Avro maps our schemas to the generated classes. */
final class RecordModel {

    private RecordModel() {}

    static SpecificData of(Class<?> record) {
        // The records' own loader: Avro's may be a parent that does not see them.
        SpecificData model = new WithResultWriter(record.getClassLoader());
        model.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
        return model;
    }

    /** Gives results the writer that is made for them; a model of another record never asks. */
    private static final class WithResultWriter extends SpecificData {
        WithResultWriter(ClassLoader loader) {
            super(loader);
        }

        @Override
        public DatumWriter<?> createDatumWriter(Schema schema) {
            return schema.equals(LabeledResult.getClassSchema())
                    ? new ResultWriter()
                    : super.createDatumWriter(schema);
        }
    }
}
