# ---------------------------------------------------------------- help

help_audit() {
  cat <<'HELP'
vend audit [OPTION...]      who assumed what, newest first
  --caller ARN                by this role or user
  --role ARN                  this client role
  --account ID                this client's account
  --client NAME               the same, by the client's current name
  --access-key ID             the vend that issued this key (ASIA..., as CloudTrail shows it)
  --id VENDID                 this vend, change or probe
  --outcome OUTCOME           granted, denied, failed, made (changes), open (no outcome)
  --reason REASON             as in records, such as no_grant
  --kind KIND                 vend (default), probe, admin, intent, all
                              Each of these can be given several times, and --account,
                              --access-key, --id, --outcome, --reason and --kind also take
                              values with commas between them: records have one of the values
  --since, --until MOMENT     2026-01-31T14:00:00Z, 90m, 8h, 7d, or a PERIOD, of which the
                              beginning counts (default: 7d, now)
  --during PERIOD             2026-01-31, 2026-01, 2026, 2026-01-31T14, today, yesterday,
                              this-month, last-month: all of it, in UTC
  --format FORMAT             table, json, jsonl, csv, html (a report)
  --limit N                   at most N records (default 100); --all: all of them

vend audit report [--during PERIOD | --since MOMENT] [--until MOMENT] [--format FORMAT] > report.html
                            totals, a timeline, who got what, refusals, what to check
  --format FORMAT             html (default); json (every figure); csv (who got what)
  --continue FILE             go on with a report that ended early, whose message named FILE

vend audit export --during PERIOD | --since MOMENT --until MOMENT [--output PREFIX]
                            every record of a period as PREFIX.jsonl, and PREFIX.manifest.json
                            with their count and SHA-256; two exports of a period are identical
  --client NAME, --account ID, --role ARN, --caller ARN
                            only the records of these: what a client may ask for

vend audit reconcile [FILE|FOLDER] [--during PERIOD | --since MOMENT --until MOMENT]
                            [--format table|json]
                            compare CloudTrail's AssumeRole events with the records. FILE:
                            lookup-events, a log file, rows of Athena or Lake, - (default).
                            FOLDER: a trail's log files (*.json.gz), also in folders below.
                            Exit code 3: there are findings. 4: none, but a part of the
                            period was not judged, or a file not read. 1: nothing was judged.

vend audit compare --since MOMENT
                            after the allow-list was restored to MOMENT: what was taken away or
                            changed since and is back, with the command that takes it away
                            again. Needs the administrators' policy, too. Exit code 3: the
                            allow-list is not what the audit says.

Everywhere: --as PROFILE, --url URL, --region REGION, --verbose (see vend help)
HELP
}
