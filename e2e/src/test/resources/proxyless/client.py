"""An application on gRPC C++, by Python's grpcio: see ProgramClient."""

import collections
import json
import sys
import threading

import grpc

channel = grpc.insecure_channel(sys.argv[1])
method = channel.unary_unary("/e2e.Echo/Ask")


def ask():
    try:
        return method(b"\x01", timeout=20).decode()
    except grpc.RpcError as e:
        return f"{e.code().name}: {e.details()}"


class Load(threading.Thread):
    def __init__(self):
        super().__init__(daemon=True)
        self.answers = collections.Counter()
        self.over = threading.Event()

    def run(self):
        while not self.over.is_set():
            self.answers[ask()] += 1


load = None
for line in sys.stdin:
    words = line.split()
    answers = {}
    if words[0] == "call":
        answers = collections.Counter(ask() for _ in range(int(words[1])))
    elif words[0] == "load":
        load = Load()
        load.start()
    elif words[0] == "stop":
        load.over.set()
        load.join()
        answers = load.answers
    print(json.dumps(answers), flush=True)
