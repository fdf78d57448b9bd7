package dev.iresnet.cli.picture;

import dev.iresnet.image.CropGeometry;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.Detections;
import dev.iresnet.model.Detections.Box;
import dev.iresnet.model.Detections.Detection;
import dev.iresnet.model.ModelDescription;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Writes pictures with a detector's boxes as PNG files; stored pixels, as everywhere. */
record BoxDrawing(Path directory, ModelDescription model) {

    /** Below the directory as the picture below its own, with {@code .png} behind its name. */
    Path write(PictureFile file, CropGeometry picture, Detections detections)
            throws IOException, ImageException {
        double scale =
                Math.min(
                        1,
                        (double) Preprocessing.MAX_SIDE
                                / Math.max(picture.pictureWidth(), picture.pictureHeight()));
        BufferedImage image = pixels(file, picture, scale);
        Graphics2D canvas = image.createGraphics();
        canvas.scale(scale, scale);
        double line = Math.max(1.5, Math.max(image.getWidth(), image.getHeight()) / 300.0);
        canvas.setStroke(new BasicStroke((float) (line / scale)));
        // the best last, over the others
        for (int i = detections.objects().size() - 1; i >= 0; i--) {
            draw(detections.objects().get(i), canvas);
        }
        canvas.dispose();
        Path target = directory.resolve(file.name() + ".png");
        Files.createDirectories(target.toAbsolutePath().getParent());
        if (!ImageIO.write(image, "png", target.toFile())) {
            throw new IOException("this Java writes no PNG files");
        }
        return target;
    }

    /** The picture as it is decoded for the network, but as large as it is. */
    private BufferedImage pixels(PictureFile file, CropGeometry picture, double scale)
            throws IOException, ImageException {
        int width = Math.max(1, (int) Math.round(picture.pictureWidth() * scale));
        int height = Math.max(1, (int) Math.round(picture.pictureHeight() * scale));
        Preprocessing whole =
                new Preprocessing(
                        width,
                        height,
                        Preprocessing.Resize.STRETCH,
                        Math.min(width, height),
                        model.preprocessing().mean(),
                        model.preprocessing().std());
        ByteBuffer rgb = ByteBuffer.allocateDirect(whole.cropBytes());
        try (PicturePreprocessor decoder = new PicturePreprocessor(whole, DecodeLimits.DEFAULT)) {
            decoder.crop(file.read(), rgb);
        }
        return new CropFile(width, height, rgb).image();
    }

    private void draw(Detection object, Graphics2D canvas) {
        Box box = object.box();
        int classes = model.labels().size();
        Color colour = Color.getHSBColor((float) object.index() / classes, 0.9f, 1);
        canvas.setColor(colour);
        canvas.draw(
                new Rectangle2D.Float(
                        box.xMin(), box.yMin(), box.xMax() - box.xMin(), box.yMax() - box.yMin()));
        String text =
                String.format(
                        Locale.ROOT, "%s %.2f", model.labels().get(object.index()), object.score());
        try {
            float height = canvas.getFontMetrics().getAscent();
            canvas.drawString(text, box.xMin() + 2, Math.max(height, box.yMin() - 2));
        } catch (InternalError | NoClassDefFoundError | RuntimeException e) {
            // a Java without fonts, as on small servers: the boxes alone then
            return;
        }
    }
}
