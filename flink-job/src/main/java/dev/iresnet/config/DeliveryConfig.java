package dev.iresnet.config;

import java.time.Duration;

/**
 * What is promised of the output.
 *
 * @param transactionTimeout after which Kafka aborts
 * @param longestOutage that transactions must survive
 */
public record DeliveryConfig(
        Guarantee guarantee, Duration transactionTimeout, Duration longestOutage) {}
