# ---------------------------------------------------------------- help

help_audit() {
  cat <<'HELP'
vend audit [OPTION...]      who assumed what, newest first
  --caller ARN                by this role or user
  --role ARN                  this client role
  --account ID                this client's account
  --access-key ID             the vend that issued this key (ASIA..., as CloudTrail shows it)
  --id VENDID                 this vend, change or probe
  --outcome OUTCOME           granted, denied, failed, made (changes), open (not ended)
  --reason REASON             as records have it, like no_grant
  --kind KIND                 vend (default), probe, admin, intent, all
  --since, --until MOMENT     2026-01-31, 2026-01-31T14:00:00Z, 90m, 8h, 7d (default: 7d, now)
  --format FORMAT             table, json, jsonl, csv, html (a report)
  --limit N                   records, 100 where nothing is said; --all: all of them

vend audit report [--since MOMENT] [--until MOMENT] > report.html
                            totals, a timeline, who had what, refusals, what to look into

vend audit export --since MOMENT --until MOMENT [--output PREFIX]
                            every record of a period as PREFIX.jsonl, and PREFIX.manifest.json
                            with their count and SHA-256: two exports of one period are the same

vend audit reconcile [FILE] [--since MOMENT] [--until MOMENT] [--format table|json]
                            match CloudTrail's AssumeRole events (aws cloudtrail lookup-events,
                            log files, Lake) with the records. Exit code 3: there are findings.

Everywhere: --as PROFILE, --url URL, --region REGION, --verbose (see vend help)
HELP
}
