package vended.allowlist;

/**
 * The switch of all vending. Where it has no row, vending runs.
 *
 * @param stopped whether every vend is refused
 * @param version counts the changes
 */
public record Vending(boolean stopped, long version) {}
