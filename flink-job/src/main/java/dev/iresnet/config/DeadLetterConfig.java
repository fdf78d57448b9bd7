package dev.iresnet.config;

/** Where records go that cannot be labelled. */
public record DeadLetterConfig(String topic, Compression compression) {}
