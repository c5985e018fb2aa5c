package vended.report.period;

/**
 * The vends of one caller for one client role. There is an entry for each pair with at least one
 * granted vend; what was only refused is in {@link Refusals}.
 *
 * @param caller the caller's ARN
 * @param roleArn the client role's ARN
 * @param account the client's account
 */
public record PairFigures(String caller, String roleArn, String account, Usage usage) {}
