// The four calls of a vend with the AWS SDK for JavaScript, under the Lambda Runtime API: what the same work
// costs in Node.
import { createRequire } from "node:module";
import { randomUUID } from "node:crypto";
import http from "node:http";

// The SDK is where the benchmark installed it.
const require = createRequire(process.env.BENCH_MODULES + "/");
const { DynamoDBClient, BatchGetItemCommand, ExecuteStatementCommand } = require("@aws-sdk/client-dynamodb");
const { STSClient, AssumeRoleCommand } = require("@aws-sdk/client-sts");

const limits = { requestHandler: { connectionTimeout: 1000, requestTimeout: 3000 }, maxAttempts: 3 };
const dynamoDb = new DynamoDBClient(limits);
const sts = new STSClient(limits);
const allowList = process.env.ALLOW_LIST_TABLE;
const audit = process.env.AUDIT_TABLE;

function insert(item) {
  const names = Object.keys(item).map((name) => `'${name}': ?`).join(", ");
  return dynamoDb.send(
    new ExecuteStatementCommand({
      Statement: `INSERT INTO "${audit}" VALUE {${names}}`,
      Parameters: Object.values(item).map((value) => ({ S: value })),
    }),
  );
}

function record(vendId, kind, role, identity) {
  return {
    pk: vendId,
    sk: kind,
    kind,
    at: new Date().toISOString(),
    caller: identity.userArn,
    callerId: identity.caller,
    callerAccount: identity.accountId,
    callerAccessKeyId: identity.accessKey,
    sourceIp: identity.sourceIp,
    userAgent: identity.userAgent,
    roleArn: role,
    clientAccount: role.split(":")[4],
    clientName: "Example Client",
    sessionName: "Deployer@" + vendId,
  };
}

async function vend(event) {
  const identity = event.requestContext.identity;
  const body = JSON.parse(event.body);
  const role = body.roleArn;
  const account = role.split(":")[4];
  const caller = `arn:aws:iam::${identity.accountId}:role/${identity.userArn.split("/")[1]}`;
  const vendId = randomUUID().replaceAll("-", "");
  const keys = [
    { pk: { S: "vending" }, sk: { S: "switch" } },
    { pk: { S: "account#" + account }, sk: { S: "client" } },
    { pk: { S: "caller#" + caller }, sk: { S: "role#" + role } },
  ];
  const rows = await dynamoDb.send(
    new BatchGetItemCommand({ RequestItems: { [allowList]: { Keys: keys, ConsistentRead: true } } }),
  );
  const client = rows.Responses[allowList].find((row) => row.sk.S === "client");
  await insert(record(vendId, "intent", role, identity));
  const issued = await sts.send(
    new AssumeRoleCommand({
      RoleArn: role,
      RoleSessionName: "Deployer@" + vendId,
      DurationSeconds: body.durationSeconds,
      ExternalId: client.externalId.S,
      SourceIdentity: identity.caller.split(":")[0],
      Tags: [
        { Key: "vended:caller", Value: caller },
        { Key: "vended:id", Value: vendId },
      ],
    }),
  );
  const credentials = issued.Credentials;
  await insert({
    ...record(vendId, "outcome", role, identity),
    accessKeyId: credentials.AccessKeyId,
    expiration: credentials.Expiration.toISOString(),
  });
  const answer = {
    Version: 1,
    AccessKeyId: credentials.AccessKeyId,
    SecretAccessKey: credentials.SecretAccessKey,
    SessionToken: credentials.SessionToken,
    Expiration: credentials.Expiration.toISOString(),
    AccountId: account,
    AssumedRoleArn: issued.AssumedRoleUser.Arn,
    VendId: vendId,
  };
  return { statusCode: 200, headers: { "Content-Type": "application/json" }, body: JSON.stringify(answer) };
}

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = body ? { "Content-Length": Buffer.byteLength(body) } : {};
    const request = http.request({ host, port, method, path, agent, headers }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => resolve([response.headers, Buffer.concat(parts).toString()]));
    });
    request.on("error", reject);
    request.end(body);
  });
}

const path = "/2018-06-01/runtime/invocation/";
for (;;) {
  const [headers, event] = await call("GET", path + "next");
  const answer = JSON.stringify(await vend(JSON.parse(event)));
  await call("POST", path + headers["lambda-runtime-aws-request-id"] + "/response", answer);
}
