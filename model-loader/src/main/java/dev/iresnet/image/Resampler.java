package dev.iresnet.image;

import dev.iresnet.image.Preprocessing.Interpolation;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Brings a picture to a crop as Pillow's {@code ImagingResample} does: a horizontal pass, rounded
 * to 8 bits, then a vertical pass; only for the rows and columns that the crop needs.
 *
 * <p>The source is streamed: each row that is needed goes through the horizontal pass once and is
 * added to the output rows that it belongs to. So the scratch memory depends on the crop's size and
 * on the source's width only, however tall the picture. Integer sums do not depend on their order,
 * so this equals Pillow's two whole passes bit for bit.
 *
 * <p>Pillow 13 and newer take the vertical pass first where a picture shrinks more in height than
 * in width. Networks have been trained and measured with the older order, which this keeps; the two
 * differ by 1 of 255 at most.
 *
 * <p>Without anti-aliasing it does what torchvision does with a tensor: PyTorch's bilinear {@code
 * interpolate} in single precision, rounded once. PyTorch's own kernels differ in the last bits
 * from one CPU to the next, so that a value in the middle between two integers may be rounded to
 * either.
 *
 * <p>Not thread-safe: holds scratch memory that calls reuse.
 */
final class Resampler {
    private final int[] sums;
    private final byte[] line;
    // without anti-aliasing: an even and an odd row, of which a point needs two neighbours
    private final float[][] rowsBetween;
    private final int[] rowsAt = new int[2];
    private byte[] source = new byte[0];

    Resampler(Preprocessing rule) {
        boolean between = rule.interpolation() == Interpolation.BILINEAR_NO_ANTIALIAS;
        this.line = new byte[rule.width() * 3];
        this.sums = new int[between ? 0 : rule.cropBytes()];
        this.rowsBetween = new float[2][between ? line.length : 0];
    }

    /** Fills {@code crop} from its position, which stays. */
    void resample(Raster picture, CropPlan plan, ByteBuffer crop) {
        if (plan.rows().areBetween()) {
            between(picture, plan, crop);
        } else if (plan.rows().copies() && plan.columns().copies()) {
            copy(picture, plan, crop);
        } else {
            blend(picture, plan, crop);
        }
    }

    /** What {@link #blend} would come to, where the picture has the crop's size already. */
    private void copy(Raster picture, CropPlan plan, ByteBuffer crop) {
        int from = plan.columns().firstNeeded();
        int to = from + plan.columns().outputs();
        for (int out = 0; out < plan.rows().outputs(); out++) {
            picture.readRow(plan.rows().first(out), from, to, line);
            crop.put(crop.position() + out * line.length, line);
        }
    }

    private void blend(Raster picture, CropPlan plan, ByteBuffer crop) {
        Taps rows = plan.rows();
        reserveSourceRow(plan.columns());
        Arrays.fill(sums, Taps.HALF);
        int open = 0;
        int finished = 0;
        for (int y = rows.firstNeeded(); y < rows.endNeeded(); y++) {
            horizontal(picture, y, plan.columns());
            while (open < rows.outputs() && rows.first(open) <= y) {
                open++;
            }
            for (int out = finished; out < open; out++) {
                add(out, rows.weight(out, y));
            }
            while (finished < open && rows.end(finished) == y + 1) {
                write(finished++, crop);
            }
        }
    }

    private void between(Raster picture, CropPlan plan, ByteBuffer crop) {
        Taps rows = plan.rows();
        reserveSourceRow(plan.columns());
        Arrays.fill(rowsAt, -1);
        for (int out = 0; out < rows.outputs(); out++) {
            float[] upper = rowBetween(picture, rows.first(out), plan.columns());
            float[] lower = rowBetween(picture, rows.end(out) - 1, plan.columns());
            for (int i = 0; i < line.length; i++) {
                line[i] = (byte) Math.rint(weigh(upper[i], lower[i], rows.share(out)));
            }
            crop.put(crop.position() + out * line.length, line);
        }
    }

    private float[] rowBetween(Raster picture, int y, Taps columns) {
        float[] row = rowsBetween[y % 2];
        if (rowsAt[y % 2] == y) {
            return row;
        }
        rowsAt[y % 2] = y;
        int from = columns.firstNeeded();
        picture.readRow(y, from, columns.endNeeded(), source);
        for (int i = 0; i < row.length; i++) {
            int out = i / 3;
            int left = (columns.first(out) - from) * 3 + i % 3;
            int right = (columns.end(out) - 1 - from) * 3 + i % 3;
            row[i] = weigh(source[left] & 0xFF, source[right] & 0xFF, columns.share(out));
        }
        return row;
    }

    private static float weigh(float first, float second, float share) {
        return Math.fma(second, share, first * (1 - share));
    }

    private void reserveSourceRow(Taps columns) {
        int needed = (columns.endNeeded() - columns.firstNeeded()) * 3;
        if (source.length < needed) {
            source = new byte[needed];
        }
    }

    private void horizontal(Raster picture, int y, Taps columns) {
        int from = columns.firstNeeded();
        picture.readRow(y, from, columns.endNeeded(), source);
        for (int out = 0; out < columns.outputs(); out++) {
            int red = Taps.HALF;
            int green = Taps.HALF;
            int blue = Taps.HALF;
            int end = columns.end(out);
            for (int x = columns.first(out); x < end; x++) {
                int weight = columns.weight(out, x);
                int at = (x - from) * 3;
                red += weight * (source[at] & 0xFF);
                green += weight * (source[at + 1] & 0xFF);
                blue += weight * (source[at + 2] & 0xFF);
            }
            line[out * 3] = Taps.toByte(red);
            line[out * 3 + 1] = Taps.toByte(green);
            line[out * 3 + 2] = Taps.toByte(blue);
        }
    }

    private void add(int out, int weight) {
        int start = out * line.length;
        for (int i = 0; i < line.length; i++) {
            sums[start + i] += weight * (line[i] & 0xFF);
        }
    }

    private void write(int out, ByteBuffer crop) {
        int start = out * line.length;
        for (int i = 0; i < line.length; i++) {
            line[i] = Taps.toByte(sums[start + i]);
        }
        crop.put(crop.position() + start, line);
    }
}
