/** Records that were good once, mutated by chance, and where the job stops believing them. */
package dev.iresnet.hostile;
