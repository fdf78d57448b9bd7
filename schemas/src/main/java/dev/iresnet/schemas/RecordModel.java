package dev.iresnet.schemas;

import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;

/** How Avro maps our schemas to the generated classes. */
final class RecordModel {

    private RecordModel() {}

    static SpecificData of(Class<?> record) {
        // The records' own loader: Avro's may be a parent that does not see them.
        SpecificData model = new SpecificData(record.getClassLoader());
        model.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
        return model;
    }
}
