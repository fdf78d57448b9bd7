package dev.iresnet.decoding.fetch;

/**
 * How the fetching of referenced pictures goes.
 *
 * @param waiting pictures that wait for a thread, for memory, or for their store
 * @param running reads
 * @param stuck threads that are lost to reads that hang
 * @param storesDown stores that are waited for
 * @param memory bytes taken by pictures that are being read or wait for a decoder
 * @param bytes read since the start, of pictures that were as their events said
 * @param retries attempts since the start that were not a picture's first
 */
public record FetchState(
        int waiting,
        int running,
        int stuck,
        int storesDown,
        long memory,
        long bytes,
        long retries) {}
