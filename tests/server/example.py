# Proves a program's run on a server: example.py PROGRAM.elf. Stubs: tests/server/run makes them; AVER_KEY has the key.
import os, sys, uuid, grpc
from aver.v1 import job_pb2, proving_service_pb2 as api, proving_service_pb2_grpc as rpc

server = rpc.ProvingServiceStub(grpc.insecure_channel(os.environ.get("AVER_SERVER", "127.0.0.1:8547")))
key = [("authorization", "Bearer " + os.environ["AVER_KEY"])]
elf = api.RegisterProgramRequest(chunk=open(sys.argv[1], "rb").read())
spec = job_pb2.JobSpec(program_id=server.RegisterProgram(iter([elf]), metadata=key).program.id)
job = server.SubmitJob(api.SubmitJobRequest(spec=spec, idempotency_key=str(uuid.uuid4())), metadata=key).job
for event in server.WatchJob(api.WatchJobRequest(job_id=job.id), metadata=key):
    print(job_pb2.JobState.Name(event.job.state), event.job.progress.segments_done)
with open("receipt", "wb") as receipt:
    receipt.writelines(part.chunk for part in server.FetchReceipt(api.FetchReceiptRequest(job_id=job.id), metadata=key))
