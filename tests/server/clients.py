"""Drives both transports from outside the JVM: grpcio and curl. clients.py PORT, with keys of the demo server."""
import json
import subprocess
import sys
import tempfile
import threading

import grpc
from aver.v1 import admin_pb2, admin_service_pb2 as admin_api, admin_service_pb2_grpc as admin_rpc, job_pb2, proving_service_pb2 as api, proving_service_pb2_grpc as rpc
from google.rpc import error_details_pb2, status_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc

PORT = int(sys.argv[1])
ELF = b"\x7fELF and the rest"
checks = 0


def check(condition, what):
    global checks
    checks += 1
    if not condition:
        sys.exit(f"clients.py: {what}")


def key(name):
    return [("authorization", f"Bearer {name}")]


def refusal(call):
    """The status and the reason that a call was refused with."""
    try:
        result = call()
        if hasattr(result, "__next__"):
            list(result)
    except grpc.RpcError as error:
        reason = ""
        for name, value in error.trailing_metadata() or ():
            if name == "grpc-status-details-bin":
                for detail in status_pb2.Status.FromString(value).details:
                    info = error_details_pb2.ErrorInfo()
                    if detail.Unpack(info):
                        check(info.domain == "aver", "the domain is aver")
                        reason = info.reason
        return error.code(), reason
    return None, ""


def curl(*arguments, key="alice-key"):
    """Status, headers and body of a request."""
    with tempfile.NamedTemporaryFile() as body:
        command = ["curl", "-sS", "--path-as-is", "-m", "20", "-o", body.name, "-w", "%{http_code} %{content_type}"]
        if key:
            command += ["-H", f"authorization: Bearer {key}"]
        run = subprocess.run(command + list(arguments), capture_output=True, text=True)
        check(run.returncode == 0, f"curl {arguments}: {run.stderr}")
        status, _, media = run.stdout.partition(" ")
        return int(status), media, body.read()


def url(path):
    return f"http://127.0.0.1:{PORT}{path}"


def over_grpc():
    channel = grpc.insecure_channel(f"127.0.0.1:{PORT}")
    server = rpc.ProvingServiceStub(channel)
    chunks = (api.RegisterProgramRequest(name="sample", chunk=ELF[at:at + 3]) for at in range(0, len(ELF), 3))
    program = server.RegisterProgram(chunks, metadata=key("alice-key")).program
    check(program.size_bytes == len(ELF), "a program in chunks is whole")
    content = (api.UploadInputRequest(chunk=bytes(1 << 20)) for _ in range(5))
    entered = server.UploadInput(content, metadata=key("alice-key")).input
    check(entered.size_bytes == 5 << 20, "an input of 5 MiB is whole")
    spec = job_pb2.JobSpec(program_id=program.id, input_id=entered.id, label="python")
    job = server.SubmitJob(api.SubmitJobRequest(spec=spec), metadata=key("alice-key")).job
    events = [event.job for event in server.WatchJob(api.WatchJobRequest(job_id=job.id), metadata=key("alice-key"))]
    check(events[-1].state == job_pb2.JOB_STATE_COMPLETED, "a watch ends with the job")
    parts = list(server.FetchReceipt(api.FetchReceiptRequest(job_id=job.id), metadata=key("alice-key")))
    receipt = b"".join(part.chunk for part in parts)
    check(len(receipt) == parts[0].total_bytes == 3_000_000, "a receipt is whole")
    sent = (api.VerifyReceiptRequest(image_id="abab", chunk=receipt[at:at + 500_000]) for at in range(0, len(receipt), 500_000))
    check(server.VerifyReceipt(sent, metadata=key("alice-key")).verdict.valid, "a receipt verifies")
    waited = server.WaitJob(api.WaitJobRequest(job_id=job.id), metadata=key("alice-key")).job
    check(waited.result.journal == b"forty-two", "a wait gives the journal")

    # Compressed messages are understood.
    again = server.GetJob(api.GetJobRequest(job_id=job.id), metadata=key("alice-key"), compression=grpc.Compression.Gzip).job
    check(again.id == job.id, "a compressed question is answered")

    # A client that stops listening.
    hanging = server.SubmitJob(
        api.SubmitJobRequest(spec=job_pb2.JobSpec(program_id=program.id, label="hang")), metadata=key("alice-key")).job
    watch = server.WatchJob(api.WatchJobRequest(job_id=hanging.id), metadata=key("alice-key"))
    next(watch)
    watch.cancel()
    check(server.CancelJob(api.CancelJobRequest(job_id=hanging.id), metadata=key("alice-key")).job.state
          == job_pb2.JOB_STATE_CANCELLED, "a job is cancelled")

    # Refusals.
    get = api.GetJobRequest(job_id=job.id)
    check(refusal(lambda: server.GetJob(get)) == (grpc.StatusCode.UNAUTHENTICATED, "UNAUTHENTICATED"), "no key")
    check(refusal(lambda: server.GetJob(get, metadata=key("forged"))) == (grpc.StatusCode.UNAUTHENTICATED, "UNAUTHENTICATED"), "a forged key")
    check(refusal(lambda: server.GetJob(get, metadata=key("bob-key"))) == (grpc.StatusCode.NOT_FOUND, "NOT_FOUND"), "another's job")
    check(refusal(lambda: server.CancelJob(api.CancelJobRequest(job_id=job.id), metadata=key("reader-key")))
          == (grpc.StatusCode.PERMISSION_DENIED, "FORBIDDEN"), "a key without the scope")
    check(refusal(lambda: server.GetJob(api.GetJobRequest(job_id="../x"), metadata=key("alice-key")))
          == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_ARGUMENT"), "an id that is none")
    check(refusal(lambda: server.SubmitJob(api.SubmitJobRequest(), metadata=key("alice-key")))
          == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_ARGUMENT"), "a job without a program")
    wrap = job_pb2.JobSpec(program_id=program.id, kind=job_pb2.JOB_KIND_WRAP)
    check(refusal(lambda: server.SubmitJob(api.SubmitJobRequest(spec=wrap), metadata=key("alice-key")))
          == (grpc.StatusCode.UNIMPLEMENTED, "UNIMPLEMENTED"), "a reserved kind")
    large = (api.RegisterProgramRequest(chunk=bytes(1 << 20)) for _ in range(3))
    check(refusal(lambda: server.RegisterProgram(large, metadata=key("alice-key")))[0]
          == grpc.StatusCode.RESOURCE_EXHAUSTED, "a program that is too large")
    giant = (api.RegisterProgramRequest(chunk=bytes(3 << 20)) for _ in range(1))
    check(refusal(lambda: server.RegisterProgram(giant, metadata=key("alice-key")))[0]
          == grpc.StatusCode.RESOURCE_EXHAUSTED, "a chunk that is too large")
    raw = channel.unary_unary("/aver.v1.ProvingService/GetJob")
    check(refusal(lambda: raw(b"\xff\xff\xff", metadata=key("alice-key")))
          == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_ARGUMENT"), "bytes that are no message")
    missing = channel.unary_unary("/aver.v1.ProvingService/NoSuch")
    check(refusal(lambda: missing(b"", metadata=key("alice-key")))[0] == grpc.StatusCode.UNIMPLEMENTED, "no such method")

    # Health and reflection.
    health = health_pb2_grpc.HealthStub(channel)
    check(health.Check(health_pb2.HealthCheckRequest()).status == health_pb2.HealthCheckResponse.SERVING, "the server is healthy")
    watch = health.Watch(health_pb2.HealthCheckRequest(service="aver.v1.ProvingService"))
    check(next(watch).status == health_pb2.HealthCheckResponse.SERVING, "a health watch tells at once")
    watch.cancel()

    # Administrators' calls.
    admin = admin_rpc.AdminServiceStub(channel)
    asked = admin_api.CreateKeyRequest(account="carol", scopes=[admin_pb2.KEY_SCOPE_READ])
    made = admin.CreateKey(asked, metadata=key("admin-key"))
    check(made.secret and made.key.account == "carol", "a key is made")
    check(refusal(lambda: admin.CreateKey(asked, metadata=key("alice-key"))) == (grpc.StatusCode.PERMISSION_DENIED, "FORBIDDEN"), "keys are made by administrators")
    check(refusal(lambda: admin.ListKeys(admin_api.ListKeysRequest())) == (grpc.StatusCode.UNAUTHENTICATED, "UNAUTHENTICATED"), "keys are not listed without one")
    check(made.secret.encode() not in admin.ListKeys(admin_api.ListKeysRequest(), metadata=key("admin-key")).SerializeToString(), "no secret is listed")
    check(refusal(lambda: admin.CreateBackup(admin_api.CreateBackupRequest(name="../x"), metadata=key("admin-key")))
          == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_ARGUMENT"), "a backup's name is no path")
    return job.id


def over_rest(job):
    status, media, body = curl("--data-binary", ELF.decode("latin-1"), url("/v1/programs?name=curl"))
    check(status == 200 and media == "application/json", f"registering by curl: {status} {body}")
    program = json.loads(body)["program"]["id"]
    spec = json.dumps({"spec": {"programId": program, "label": "curl"}})
    status, media, body = curl("-H", "content-type: application/json", "-d", spec, url("/v1/jobs"))
    check(status == 200, f"submitting by curl: {status} {body}")
    mine = json.loads(body)["job"]["id"]
    status, media, body = curl("-N", url(f"/v1/jobs/{mine}/events"))
    check(media == "text/event-stream" and b"JOB_STATE_COMPLETED" in body.rstrip().split(b"\n\n")[-1], "events end with the job")
    status, media, body = curl("--http2-prior-knowledge", url(f"/v1/jobs/{mine}/receipt"))
    check(status == 200 and len(body) == 3_000_000, "a receipt over HTTP/2")
    for path, wanted, code in (
        (f"/v1/jobs/{job}x", 400, "INVALID_ARGUMENT"),
        ("/v1/jobs/" + "f" * 32, 404, "NOT_FOUND"),
        ("/v1/jobs/../../etc/passwd", 404, "NOT_FOUND"),
        ("/v1/jobs?pageSize=ten", 400, "INVALID_ARGUMENT"),
    ):
        status, media, body = curl(url(path))
        check(status == wanted and media == "application/problem+json", f"{path}: {status} {media}")
        check(json.loads(body)["code"] == code, f"{path}: {body}")
    status, media, body = curl(url(f"/v1/jobs/{job}"), key="bob-key")
    check(status == 404, "another's job over REST")
    for who, wanted in (("admin-key", 200), ("alice-key", 403), ("forged", 401)):
        for path in ("/v1/admin/keys", "/v1/admin/backups", "/v1/admin/audit?from=2026-01-01T00:00:00Z"):
            status, media, body = curl(url(path), key=who)
            check(status == wanted, f"{path} for {who}: {status}")
    status, media, body = curl("-H", "content-type: application/json", "-d", '{"account":"carol","scopes":["KEY_SCOPE_READ"]}',
                               url("/v1/admin/keys"), key="admin-key")
    check(status == 200 and "secret" in json.loads(body), f"making a key by curl: {status} {body}")
    for path in ("/", "/main.js", "/style.css", "/v1/openapi.json", "/healthz", "/readyz"):
        status, media, body = curl(url(path), key=None)
        check(status == 200 and body, f"{path} needs no key: {status}")
    for path in ("/../pom.xml", "/..%2fpom.xml", "/dev/aver/server/web/main.js", "/web/", "//"):
        check(curl(url(path), key=None)[0] == 404, f"{path} is not there")


def together(job):
    """Many at once, of which none may fail."""
    failures = []

    def ask():
        try:
            with grpc.insecure_channel(f"127.0.0.1:{PORT}", options=(("grpc.use_local_subchannel_pool", 1),)) as channel:
                for _ in range(20):
                    rpc.ProvingServiceStub(channel).GetJob(api.GetJobRequest(job_id=job), metadata=key("alice-key"))
        except grpc.RpcError as error:
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check(not failures, f"400 requests at once: {failures[:1]}")


job_id = over_grpc()
over_rest(job_id)
together(job_id)
print(f"clients.py: {checks} checks passed")
