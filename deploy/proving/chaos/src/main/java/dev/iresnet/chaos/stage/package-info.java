/** What every run stands on: the cluster, the job, the feed, the verifier. */
@NullMarked
package dev.iresnet.chaos.stage;

import org.jspecify.annotations.NullMarked;
