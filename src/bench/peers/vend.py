"""The four calls of a vend with boto3, under the Lambda Runtime API: what the same work costs in Python."""

import http.client
import json
import os
import uuid
from datetime import datetime, timezone

import boto3
from botocore.config import Config

CONFIG = Config(connect_timeout=1, read_timeout=3, retries={"mode": "standard", "total_max_attempts": 3})
DYNAMODB = boto3.client("dynamodb", config=CONFIG)
STS = boto3.client("sts", config=CONFIG)
ALLOW_LIST = os.environ["ALLOW_LIST_TABLE"]
AUDIT = os.environ["AUDIT_TABLE"]


def insert(item):
    names = ", ".join("'%s': ?" % name for name in item)
    DYNAMODB.execute_statement(
        Statement='INSERT INTO "%s" VALUE {%s}' % (AUDIT, names),
        Parameters=[{"S": value} for value in item.values()],
    )


def record(vend_id, kind, role, identity):
    return {
        "pk": vend_id,
        "sk": kind,
        "kind": kind,
        "at": datetime.now(timezone.utc).isoformat(),
        "caller": identity["userArn"],
        "callerId": identity["caller"],
        "callerAccount": identity["accountId"],
        "callerAccessKeyId": identity["accessKey"],
        "sourceIp": identity["sourceIp"],
        "userAgent": identity["userAgent"],
        "roleArn": role,
        "clientAccount": role.split(":")[4],
        "clientName": "Example Client",
        "sessionName": "Deployer@" + vend_id,
    }


def vend(event):
    identity = event["requestContext"]["identity"]
    body = json.loads(event["body"])
    role = body["roleArn"]
    account = role.split(":")[4]
    parts = identity["userArn"].split("/")
    caller = "arn:aws:iam::%s:role/%s" % (identity["accountId"], parts[1])
    vend_id = uuid.uuid4().hex
    keys = [
        {"pk": {"S": "vending"}, "sk": {"S": "switch"}},
        {"pk": {"S": "account#" + account}, "sk": {"S": "client"}},
        {"pk": {"S": "caller#" + caller}, "sk": {"S": "role#" + role}},
    ]
    rows = DYNAMODB.batch_get_item(RequestItems={ALLOW_LIST: {"Keys": keys, "ConsistentRead": True}})
    client = next(row for row in rows["Responses"][ALLOW_LIST] if row["sk"]["S"] == "client")
    insert(record(vend_id, "intent", role, identity))
    issued = STS.assume_role(
        RoleArn=role,
        RoleSessionName="Deployer@" + vend_id,
        DurationSeconds=body["durationSeconds"],
        ExternalId=client["externalId"]["S"],
        SourceIdentity=identity["caller"].split(":")[0],
        Tags=[{"Key": "vended:caller", "Value": caller}, {"Key": "vended:id", "Value": vend_id}],
    )
    credentials = issued["Credentials"]
    outcome = record(vend_id, "outcome", role, identity)
    outcome["accessKeyId"] = credentials["AccessKeyId"]
    outcome["expiration"] = credentials["Expiration"].isoformat()
    insert(outcome)
    answer = {
        "Version": 1,
        "AccessKeyId": credentials["AccessKeyId"],
        "SecretAccessKey": credentials["SecretAccessKey"],
        "SessionToken": credentials["SessionToken"],
        "Expiration": credentials["Expiration"].isoformat(),
        "AccountId": account,
        "AssumedRoleArn": issued["AssumedRoleUser"]["Arn"],
        "VendId": vend_id,
    }
    return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": json.dumps(answer)}


def main():
    api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    path = "/2018-06-01/runtime/invocation/"
    while True:
        api.request("GET", path + "next")
        response = api.getresponse()
        event = json.loads(response.read())
        answer = json.dumps(vend(event))
        api.request("POST", path + response.getheader("Lambda-Runtime-Aws-Request-Id") + "/response", answer)
        api.getresponse().read()


main()
