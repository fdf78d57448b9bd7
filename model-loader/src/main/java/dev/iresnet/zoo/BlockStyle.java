package dev.iresnet.zoo;

/**
 * What all blocks of a network have in common.
 *
 * @param unit convolutions of the residual branch
 * @param order where norms and ReLUs stand
 * @param shortcut how the size is halved beside the residual branch
 */
public record BlockStyle(Unit unit, BlockOrder order, Shortcut shortcut) {}
