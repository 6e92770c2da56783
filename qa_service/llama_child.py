"""The child process: llama.cpp's own server on loopback, for as long as its parent lives.

The only module that imports `xllamacpp`. Started by `embedded.py` as
`python -m qa_service.llama_child MODEL`; reads the key that callers must show from its standard
input, and writes its address to its standard output when it is ready. What it logs goes to
standard error. It ends when its standard input does.
"""

import ctypes
import importlib
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from qa_service.cores import usable_cores

# A prompt here is about 500 tokens and a reply under 300. All of it belongs to the one slot:
# llama.cpp divides n_ctx among slots, and on two cores slots would only share the same processor.
N_CTX = 4096
# A reader who leaves while the prompt is evaluated frees the slot at the end of a batch: after
# under 2 s with 128 tokens, after the whole prompt with the default of 2,048. Reading is a
# twentieth slower for it (73 tokens/s on two quiet cores, not 77).
N_BATCH = 128
# Prompts that were evaluated are kept for the next question; left alone, up to 8 GiB of them.
CACHE_MIB = 512
PR_SET_PDEATHSIG = 1


def main() -> None:
    """Serve the model named on the command line until standard input ends."""
    address_out = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints must not be taken for the address
    key = sys.stdin.readline().strip()
    if not key:
        sys.exit("no key came on standard input; this is started by qa_service.embedded")
    _die_with_parent()
    # Leaving the interpreter with a request under way crashes llama.cpp: hence `os._exit`.
    threading.Thread(target=_exit_at_end_of_input, daemon=True).start()
    try:
        llama: Any = importlib.import_module("xllamacpp")
    except ImportError as error:
        sys.exit(
            f"xllamacpp could not be imported ({error}): it comes with `pip install "
            "'news-qa-service[local]'`, and needs the system's libgomp (on Debian: libgomp1)"
        )
    server = llama.Server(_params(llama, Path(sys.argv[1]), key))
    os.write(address_out, f"{server.listening_address}\n".encode())
    threading.Event().wait()


def _params(llama: Any, model: Path, key: str) -> Any:
    params = llama.CommonParams()
    params.model.path = str(model)
    params.model_alias = {model.stem}
    params.n_ctx = N_CTX
    params.n_parallel = 1
    params.n_batch = params.n_ubatch = N_BATCH
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = usable_cores()
    params.n_threads_http = 4  # one reads, one may still be noticing that its reader left
    params.cache_ram_mib = CACHE_MIB
    # Weights as they lie in the file, not rearranged into a second copy of 0.6 GB: loads sooner and
    # reads a tenth faster (73 tokens/s, not 63; it writes 19, not 25). There are ten times as many
    # tokens to read as to write, and the first claim waits for the reading.
    params.no_extra_bufts = True
    _close_doors(params, key)
    return params


def _close_doors(params: Any, key: str) -> None:
    """Answer this machine only, callers with the key only, and nothing but completions."""
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [key]
    params.cors_origins = ""
    params.cors_origins_explicit = True
    params.cors_credentials = False
    params.endpoint_slots = False
    params.endpoint_props = False
    params.endpoint_metrics = False
    params.ui = False


def _die_with_parent() -> None:
    """On Linux, be killed when the parent is, also while the model loads and nothing reads."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _exit_at_end_of_input() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
