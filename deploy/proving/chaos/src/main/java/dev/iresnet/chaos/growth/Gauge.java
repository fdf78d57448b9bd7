package dev.iresnet.chaos.growth;

/** What is looked at in a JVM, and in a job. */
public enum Gauge {
    /** Resident memory: what the machine has to have for the process. */
    RESIDENT("residentMb", "MB"),
    /** The part of it that is not a file's: heaps, stacks, and what native code has allocated. */
    ANONYMOUS("anonymousMb", "MB"),
    THREADS("threads", "threads"),
    /** Files, sockets and the like. */
    HANDLES("handles", "handles"),
    /** Heap in use, garbage included. */
    HEAP("heapMb", "MB"),
    METASPACE("metaspaceMb", "MB"),
    /** Direct buffers. */
    DIRECT("directMb", "MB"),
    /** Classes loaded at the moment. */
    CLASSES("classes", "classes"),
    /** Heap in use after a full collection. */
    LIVE_HEAP("liveHeapMb", "MB"),
    /** What a checkpoint of the job holds. */
    STATE("stateMb", "MB"),
    /** From a checkpoint's beginning until it is complete. */
    CHECKPOINT("checkpointSeconds", "s");

    private final String member;
    private final String unit;

    Gauge(String member, String unit) {
        this.member = member;
        this.unit = unit;
    }

    /** Name in reports. */
    public String member() {
        return member;
    }

    public String unit() {
        return unit;
    }
}
