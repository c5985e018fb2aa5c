# ---------------------------------------------------------------- evidence

EVIDENCE_CHANGED='update the stack, and find out who changed it (CloudTrail, PutBucketReplication)'

check_evidence() {
  parameter EvidenceRetentionDays
  v_evidence_days=$v_value
  case $v_evidence_days in
  '' | 0)
    left_out evidence 'evidence is off (EvidenceRetentionDays is 0)'
    return 0
    ;;
  esac
  evidence_stream
  evidence_delivery
  evidence_replication
  evidence_lock
}

evidence_stream() {
  resource evidence-stream EvidenceStream || return 0
  v_stream=$v_value
  lookup "$v_resources" AuditTable && is_name "$v_value" || return 0
  ask dynamodb describe-kinesis-streaming-destination --table-name "$v_value" || {
    unanswered evidence-stream
    return 0
  }
  v_state=$(elements /KinesisDataStreamDestinations 'StreamArn DestinationStatus' |
    awk -F '\t' -v name=":stream/$v_stream" 'substr($1, length($1) - length(name) + 1) == name { print $2; exit }')
  [ "$v_state" = ACTIVE ] || {
    failed evidence-stream "the audit table writes its records to $v_stream: ${v_state:-no}" \
      "update the stack; if somebody stopped it (CloudTrail, DisableKinesisStreamingDestination), export that time with vend audit export"
    return 0
  }
  ask kinesis describe-stream-summary --stream-name "$v_stream" || {
    unanswered evidence-stream
    return 0
  }
  text /StreamDescriptionSummary/StreamStatus || :
  case $v_value in
  ACTIVE | UPDATING) passed evidence-stream "the audit table writes its records to $v_stream, which is $v_value" ;;
  *) failed evidence-stream "$v_stream is ${v_value:-in no state}" "$UPDATE" ;;
  esac
}

evidence_delivery() {
  resource evidence-delivery EvidenceDelivery || return 0
  v_delivery=$v_value
  ask firehose describe-delivery-stream --delivery-stream-name "$v_delivery" || {
    unanswered evidence-delivery
    return 0
  }
  text /DeliveryStreamDescription/DeliveryStreamStatus || :
  v_state=$v_value
  text /DeliveryStreamDescription/Source/KinesisStreamSourceDescription/KinesisStreamARN || :
  v_source=$v_value
  v_target=$(elements /DeliveryStreamDescription/Destinations ExtendedS3DestinationDescription/BucketARN)
  lookup "$v_resources" EvidenceLanding || :
  case $v_state:$v_source:$v_target in
  "ACTIVE:"*":stream/${v_stream-}:arn:$v_partition:s3:::$v_value")
    passed evidence-delivery "$v_delivery delivers to $v_value"
    ;;
  ACTIVE:*) failed evidence-delivery "$v_delivery delivers from $v_source to $v_target, not from this stack's stream to $v_value" 'update the stack, and find out who changed it (CloudTrail, UpdateDestination)' ;;
  *) failed evidence-delivery "$v_delivery is ${v_state:-in no state}" 'see its errors in the log that the stack created for it, and update the stack' ;;
  esac
}

# evidence_replication: Firehose can't write into a bucket with a default retention, so S3 replicates.
evidence_replication() {
  resource evidence-replication EvidenceLanding || return 0
  v_landing=$v_value
  ask s3api get-bucket-replication --bucket "$v_landing" || {
    case $v_code in
    ReplicationConfigurationNotFoundError) failed evidence-replication "$v_landing is not replicated" "$EVIDENCE_CHANGED" ;;
    *) unanswered evidence-replication ;;
    esac
    return 0
  }
  lookup "$v_resources" EvidenceBucket || :
  v_state=$(elements /ReplicationConfiguration/Rules 'Status Destination/Bucket')
  case $v_state in
  "Enabled${TAB}arn:$v_partition:s3:::$v_value") passed evidence-replication "S3 replicates $v_landing to $v_value" ;;
  *) failed evidence-replication "the replication of $v_landing is: $v_state, not Enabled to $v_value" "$EVIDENCE_CHANGED" ;;
  esac
}

evidence_lock() {
  resource evidence-lock EvidenceBucket || return 0
  v_bucket=$v_value
  ask s3api get-object-lock-configuration --bucket "$v_bucket" || {
    unanswered evidence-lock
    return 0
  }
  v_lock=ObjectLockConfiguration
  text "/$v_lock/ObjectLockEnabled" || :
  v_state=$v_value
  text "/$v_lock/Rule/DefaultRetention/Mode" || :
  v_state=$v_state:$v_value
  field "/$v_lock/Rule/DefaultRetention/Days" || :
  v_lock_days=$v_value
  if [ "$v_state" = Enabled:COMPLIANCE ] && is_number "$v_lock_days" && [ "$v_lock_days" -ge "$v_evidence_days" ]; then
    passed evidence-lock "objects of $v_bucket are locked for $v_lock_days days"
  else
    failed evidence-lock "the lock of $v_bucket is $v_state, ${v_lock_days:-0} days, not COMPLIANCE, $v_evidence_days days" \
      'update the stack, and find out who changed it (CloudTrail, PutBucketObjectLockConfiguration)'
  fi
}
