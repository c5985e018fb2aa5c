# ---------------------------------------------------------------- events

check_events() {
  parameter PublishEvents
  case $v_value in
  '' | false)
    left_out events 'events are off (PublishEvents is false)'
    return 0
    ;;
  esac
  event_pipe
  event_queue
}

event_pipe() {
  resource event-pipe EventPipe || return 0
  v_pipe=$v_value
  ask pipes describe-pipe --name "$v_pipe" || {
    unanswered event-pipe
    return 0
  }
  text /CurrentState || :
  case $v_value in
  RUNNING) passed event-pipe "$v_pipe sends audit records to the bus" ;;
  *) failed event-pipe "$v_pipe is ${v_value:-in no state}" 'start it (aws pipes start-pipe), and find out who stopped it (CloudTrail, StopPipe)' ;;
  esac
}

event_queue() {
  lookup "$v_resources" EventQueue || {
    failed event-queue 'the stack has no EventQueue' "$UPDATE"
    return 0
  }
  # Its ID is its URL.
  case $v_value in
  *[!A-Za-z0-9_./:-]*)
    not_checked event-queue 'the URL of the queue has unexpected characters'
    return 0
    ;;
  https://sqs.*) ;;
  *)
    not_checked event-queue 'the stack names no URL of a queue'
    return 0
    ;;
  esac
  ask sqs get-queue-attributes --queue-url "$v_value" --attribute-names ApproximateNumberOfMessages || {
    unanswered event-queue
    return 0
  }
  text /Attributes/ApproximateNumberOfMessages || :
  case $v_value in
  0) passed event-queue 'no event was given up' ;;
  *) failed event-queue "batches of events that were given up: ${v_value:-unknown}" 'docs/operations.md, EventsNotSent' ;;
  esac
}
