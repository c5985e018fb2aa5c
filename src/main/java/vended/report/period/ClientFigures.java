package vended.report.period;

import org.jspecify.annotations.Nullable;

/**
 * The vends for the roles of one client with at least one granted vend.
 *
 * @param account the client's account
 * @param name the client's name in its newest record of the period; null if no record has one
 * @param callers how many callers were granted its roles
 * @param roles how many of its roles were granted
 */
public record ClientFigures(
    String account, @Nullable String name, int callers, int roles, Usage usage) {}
