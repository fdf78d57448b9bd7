package dev.iresnet.proving.verify;

/** The network that a result names: see the schema's {@code ModelReference}. */
public record Model(String name, long version, String digest) {}
