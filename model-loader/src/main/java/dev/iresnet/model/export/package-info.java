/** Networks and their weights, written as SavedModels. */
@NullMarked
package dev.iresnet.model.export;

import org.jspecify.annotations.NullMarked;
