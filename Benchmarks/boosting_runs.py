"""Starts one run of a booster and watches it from outside: memory, and what else the machine does."""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time

# What every booster is run with unless a benchmark says otherwise; names of LightGBM.
SAMPLED = {"objective": "binary", "num_leaves": 31, "learning_rate": 0.05, "min_data_in_leaf": 20,
           "lambda_l2": 1.0, "max_bin": 255, "feature_fraction": 0.8, "bagging_fraction": 0.8,
           "bagging_freq": 1}
PLAIN = {**SAMPLED, "feature_fraction": 1.0, "bagging_fraction": 1.0, "bagging_freq": 0}
HERE = os.path.dirname(os.path.abspath(__file__))
TICKS = os.sysconf("SC_CLK_TCK")


class RunFailure(Exception):
    """A run that ended with an error; its text is what the program said."""


class Memory(threading.Thread):
    """Reads how much anonymous memory a process holds, every 5 ms, phase by phase."""

    def __init__(self, process):
        super().__init__(daemon=True)
        self.process, self.phase, self.peaks, self.first = process, "start", {}, {}
        self.ended = threading.Event()

    def run(self):
        try:
            with open(f"/proc/{self.process.pid}/status", "rb", buffering=0) as file:
                while not self.ended.wait(0.005):
                    file.seek(0)
                    self.note(file.read())
        except OSError:
            return  # The process has ended in between.

    def note(self, status):
        start = status.find(b"RssAnon:")
        if start < 0:
            return
        kilobytes = int(status[start + 8:].split(None, 1)[0])
        self.first.setdefault(self.phase, kilobytes)
        self.peaks[self.phase] = max(kilobytes, self.peaks.get(self.phase, 0))


def busy_seconds():
    """Processor seconds that all processes of the machine have used."""
    with open("/proc/stat", encoding="ascii") as file:
        user, nice, system, _, _, irq, soft = map(int, file.readline().split()[1:8])
    return (user + nice + system + irq + soft) / TICKS


def watched(command, threads):
    """Runs a command; its last line as JSON, its memory, and the share of other work meanwhile."""
    began, busy = time.monotonic(), busy_seconds()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=dict(os.environ, OMP_NUM_THREADS=str(threads)))
    memory = Memory(process)
    memory.start()
    messages = []
    reader = threading.Thread(target=lambda: [note(line, memory, messages) for line in process.stderr])
    reader.start()
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    memory.ended.set()
    reader.join()
    memory.join()
    if process.returncode != 0:
        said = "".join(messages)[-2000:]
        raise RunFailure(f"{command[0]} ended with {process.returncode}:\n{said}")
    seconds = time.monotonic() - began
    others = busy_seconds() - busy - usage.ru_utime - usage.ru_stime
    share = max(0.0, others) / seconds / (os.cpu_count() or 1)
    return json.loads(output.strip().rsplit("\n", 1)[-1]), memory, share


def run_quant(program, files, params, *, threads, trees, seed, prediction):
    """`quant fit`, then `quant predict`: all of the fit's process counts as its memory."""
    with tempfile.TemporaryDirectory() as folder:
        settings, model = f"{folder}/params.json", f"{folder}/model.gbm"
        with open(settings, "w", encoding="utf-8") as file:
            json.dump({"seed": seed, **params}, file)
        words = [f"--{key}={path}" for key, path in files.items()
                 if path and key in ("features", "labels", "weights")]
        fit, _, others = watched(
            [program, "fit", *words, "--params", settings, "--trees", str(trees), "--threads",
             str(threads), "--model", model, "--json", "--quiet"], threads)
        # Its own figures, every 5 ms, by the phases that the libraries report too; in MB of 1,000,000.
        phases = {key: value * 1e6 / 2**20 for key, value in fit["memory"]["anonymousMBByPhase"].items()}
        peak = max(phases["read"], phases["keys"], phases["prepare"], phases["fit"])
        added = max(phases["keys"], phases["prepare"], phases["fit"]) - phases["read"]
        seconds = {"read": fit["seconds"]["read"], "train": fit["seconds"]["fit"],
                   # Keys of rows from their content are what row order must not matter for.
                   "bin": fit["seconds"]["prepare"] + fit["seconds"]["keys"]}

        def predict(path, output):
            report, _, _ = watched(
                [program, "predict", "--model", model, "--features", path, "--output", output,
                 "--threads", str(threads), "--json", "--quiet"], threads)
            return report["seconds"]["predict"]

        if files.get("predict"):
            predict(files["predict"], files["predictions"])
        if prediction:
            times = [predict(prediction["columns"], f"{folder}/p.npy") for _ in range(3)]
            seconds["predict"] = statistics.median(times)
    return {"seconds": seconds, "peakMB": peak, "addedMB": added, "others": others}


def run_peer(name, files, params, *, threads, trees, seed, prediction):
    command = [sys.executable, f"{HERE}/boosting_peers.py", "--peer", name, "--params",
               json.dumps(params), "--threads", str(threads), "--trees", str(trees), "--seed",
               str(seed)]
    for key, path in files.items():
        if path:
            command += [f"--{key}", path]
    if prediction:
        command += ["--time-prediction", prediction["rows"]]
    report, memory, others = watched(command, threads)
    peak = max(memory.peaks.get(phase, 0) for phase in ("load", "bin", "train")) / 1024
    before = memory.first.get("bin", 0) / 1024
    return {**report, "peakMB": peak, "addedMB": peak - before, "others": others}


def run(name, program, files, params, *, threads=1, trees=100, seed=1, prediction=None):
    """Runs `name` ("quant" or a peer) once; seconds of its phases, and memory in MB.

    files: features, labels, weights (or None), and optionally predict and predictions.
    prediction: files to time predictions on, by "rows" for peers and by "columns" for quant, each the
    layout that the library reads without turning it.
    """
    options = {"threads": threads, "trees": trees, "seed": seed, "prediction": prediction}
    if name == "quant":
        report = run_quant(program, files, params, **options)
    else:
        report = run_peer(name, files, params, **options)
    report.update(name=name, threads=threads, seed=seed)
    return report


def note(line, memory, messages):
    if line.startswith("phase "):
        memory.phase = line[6:].strip()
    else:
        messages.append(line)


def data_files(folder, name):
    """Training files of a set, weights only where it has them."""
    files = {"features": f"{folder}/{name}_X_train.npy", "labels": f"{folder}/{name}_y_train.npy"}
    weights = f"{folder}/{name}_w_train.npy"
    files["weights"] = weights if os.path.exists(weights) else None
    if not os.path.exists(files["features"]):
        sys.exit(f"no {files['features']}; make it with boosting_data.py")
    return files
