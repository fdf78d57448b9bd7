package dev.iresnet.proving.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds frames that were overtaken: each camera's frame numbers must rise over its results. */
final class CameraOrder {
    private final Map<String, List<Place>> cameras = new HashMap<>();

    private record Place(long arrival, long frameNumber, String eventId) {}

    void add(String cameraId, long frameNumber, long arrival, String eventId) {
        cameras.computeIfAbsent(cameraId, id -> new ArrayList<>())
                .add(new Place(arrival, frameNumber, eventId));
    }

    /** Event ids of the frames that came after a later frame of their camera. */
    List<String> overtaken() {
        List<String> overtaken = new ArrayList<>();
        for (List<Place> places : cameras.values()) {
            places.sort(Comparator.comparingLong(Place::arrival));
            long latest = Long.MIN_VALUE;
            for (Place place : places) {
                if (place.frameNumber() < latest) {
                    overtaken.add(place.eventId());
                }
                latest = Math.max(latest, place.frameNumber());
            }
        }
        return overtaken;
    }
}
