/**
 * What a model is to its users: pictures in, answers out. The packages below make and load them.
 */
@NullMarked
package dev.iresnet.model;

import org.jspecify.annotations.NullMarked;
