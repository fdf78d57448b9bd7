/** A client of schema registries that speak Confluent's REST protocol. */
@NullMarked
package dev.iresnet.schemas.registry;

import org.jspecify.annotations.NullMarked;
