"""The AWS CLI in one process, since it takes a second to start.

  aws-cli.py replay FOLDER   Gives each question in FOLDER/.asked to the AWS CLI, with the stand-in's answer in
                             place of AWS's, and fails if an argument is unknown or invalid, if the answer is not of
                             the form of AWS's service model, or if the AWS CLI prints something else than the
                             stand-in does.
  aws-cli.py serve -         Prints a port, and runs the AWS CLI for each POST to it.
  aws-cli.py moto TEMPLATE   Creates the stack in moto, and then does the same.
"""

import contextlib
import io
import json
import os
import sys
import urllib.parse

try:
    import awscli.clidriver
    import botocore.exceptions
except ImportError:
    sys.exit(77)

os.environ.update(AWS_ACCESS_KEY_ID="AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY="x", AWS_DEFAULT_REGION="eu-west-1")
os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull


def run(driver, arguments):
    out, err = io.TextIOWrapper(io.BytesIO(), write_through=True), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = driver.main(arguments)
        except SystemExit as e:
            code = e.code
    return code or 0, out.buffer.getvalue().decode(), err.getvalue()


def check(shape, value, path):
    """Fails unless the value has the form of the model."""
    kind = shape.type_name
    if kind == "structure":
        assert isinstance(value, dict), path
        for name, member in value.items():
            assert name in shape.members, f"{path}: no member {name}"
            check(shape.members[name], member, f"{path}.{name}")
    elif kind == "list":
        assert isinstance(value, list), path
        for i, member in enumerate(value):
            check(shape.member, member, f"{path}[{i}]")
    elif kind == "map":
        for name, member in value.items():
            check(shape.value, member, f"{path}.{name}")
    elif kind in ("integer", "long"):
        assert isinstance(value, int) and not isinstance(value, bool), path
    elif kind == "boolean":
        assert isinstance(value, bool), path
    elif shape.name == "policyDocumentType":
        assert isinstance(value, dict), path
    elif kind == "string":
        assert isinstance(value, str), path
        assert not getattr(shape, "enum", None) or value in shape.enum, f"{path}: {value}"


def encoded(shape, value):
    """Policies as IAM sends them; the AWS CLI decodes them."""
    if shape.type_name == "structure":
        return {name: encoded(shape.members[name], member) for name, member in value.items()}
    if shape.name == "policyDocumentType":
        return urllib.parse.quote(json.dumps(value))
    return value


def answer(folder, key):
    with open(os.path.join(folder, key)) as file:
        code, text = file.read().split("\n", 1)
    whole = os.path.join(folder, key + ".whole")
    if os.path.exists(whole):
        with open(whole) as file:
            return int(code), text, json.load(file)
    return int(code), text, json.loads(text) if code == "0" and text else {}


def printed(text):
    """What is printed; of pages that it joined, the AWS CLI prints null for what none has."""
    value = json.loads(text) if text.strip() else None
    return {k: v for k, v in value.items() if v is not None} if isinstance(value, dict) else value


def replay(folder):
    driver = awscli.clidriver.create_clidriver()
    current = {}

    def instead(model, **_):
        code, text, value = current["answer"]
        current["asked"] = True
        if code:
            error = text.split("An error occurred (", 1)[1]
            name, rest = error.split(") when calling the ", 1)
            assert rest.startswith(model.name + " operation: "), (text, model.name)
            modeled = {shape.metadata.get("error", {}).get("code", shape.name) for shape in model.error_shapes}
            # AccessDenied is in no model, and of some operations no error is.
            assert name in modeled or "AccessDenied" in name or not modeled, (name, modeled)
            message = rest.split(" operation: ", 1)[1].rstrip("\n")
            return Http(400), {"Error": {"Code": name, "Message": message}, "ResponseMetadata": {}}
        if model.output_shape:
            check(model.output_shape, value, model.name)
            value = encoded(model.output_shape, value)
        return Http(200), dict(value, ResponseMetadata={})

    class Http:
        def __init__(self, status):
            self.status_code = status
            self.headers = {}

    driver.session.register("before-call", instead)
    count = 0
    with open(os.path.join(folder, ".asked")) as file:
        questions = {tuple(question.split("\x1f")[:-1]) for question in file.read().split("\x1e") if question}
    for key, *arguments in sorted(questions):
        current.update(answer=answer(folder, key), asked=False)
        code, out, err = run(driver, arguments)
        assert current["asked"], f"{arguments}: {err}"
        expected, text, _ = current["answer"]
        assert (code != 0) == (expected != 0), (arguments, code, err)
        if expected:
            assert text.strip() in err, (text, err)
        else:
            assert printed(out) == printed(text), (arguments, out, text)
        count += 1
    print(f"{count} questions")


def serve(_):
    """Prints a port, and runs the AWS CLI for each POST to it."""
    import http.server

    driver = awscli.clidriver.create_clidriver()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            code, out, err = run(driver, body.split("\x1f")[:-1])
            text = f"{code}\n{err if code else out}".encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


def moto(file):
    import moto as moto_package

    with open(file) as opened:
        stack = json.load(opened)
    moto_package.mock_aws().start()
    create(stack)
    serve(file)


def create(stack):
    """Creates the stack, and does what moto's CloudFormation leaves out."""
    import boto3

    later = {name: resource["Properties"] for name, resource in stack["Resources"].items()}
    policies = [name for name, resource in stack["Resources"].items() if resource["Type"] == "AWS::IAM::RolePolicy"]
    for name in policies:
        del stack["Resources"][name]
    stack["Outputs"]["VendorRoleUniqueId"] = {"Value": {"Fn::GetAtt": ["VendorRole", "RoleId"]}}
    cloudformation = boto3.client("cloudformation")
    cloudformation.create_stack(StackName="vended", TemplateBody=json.dumps(stack))
    for policy in (later[name] for name in policies):
        document = json.dumps(policy.pop("PolicyDocument"))
        boto3.client("iam").put_role_policy(**policy, PolicyDocument=document)
    dynamodb, functions = boto3.client("dynamodb"), boto3.client("lambda")
    for resource in cloudformation.list_stack_resources(StackName="vended")["StackResourceSummaries"]:
        name, properties = resource["PhysicalResourceId"], later[resource["LogicalResourceId"]]
        if resource["ResourceType"] == "AWS::DynamoDB::Table":
            table = dynamodb.update_table(TableName=name, DeletionProtectionEnabled=True)["TableDescription"]
            dynamodb.update_continuous_backups(
                TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
            )
            if dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]["TimeToLiveStatus"] != "ENABLED":
                dynamodb.update_time_to_live(
                    TableName=name, TimeToLiveSpecification=properties["TimeToLiveSpecification"]
                )
            policy = json.dumps(properties["ResourcePolicy"]["PolicyDocument"])
            dynamodb.put_resource_policy(ResourceArn=table["TableArn"], Policy=policy)
        elif resource["ResourceType"] == "AWS::Lambda::Function":
            version = functions.publish_version(FunctionName=name)["Version"]
            functions.create_alias(FunctionName=name, Name="live", FunctionVersion=version)


if __name__ == "__main__":
    {"replay": replay, "serve": serve, "moto": moto}[sys.argv[1]](sys.argv[2])
