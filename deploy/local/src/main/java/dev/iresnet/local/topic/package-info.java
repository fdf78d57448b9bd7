/** The topics of a run, and how much has come into them. */
@NullMarked
package dev.iresnet.local.topic;

import org.jspecify.annotations.NullMarked;
