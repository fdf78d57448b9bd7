package dev.iresnet.config;

/** Where results go. */
public record OutputConfig(String topic, OutputFormat format, Compression compression) {}
