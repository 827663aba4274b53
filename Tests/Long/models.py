#!/usr/bin/env python3
"""Damages model files of LightGBM and XGBoost and loads them: nothing may crash, hang, or be accepted
that is no tree.

usage: Tests/Long/models.py TOOL [--count 1000] [--lightgbm PYTHON] [--seed 1]

TOOL is the program boosting-models of Tests/Models. Of each model text of LightGBM COUNT truncations,
COUNT exchanged numbers and COUNT flipped bits are tried, of each file of XGBoost half as many. Whatever
is accepted predicts 100 random rows. Then trees are made impossible on purpose (children, features and
categories out of range, circles), and each of these files must be refused.

With --lightgbm the files of one model are given to LightGBM too, each in a process of its own.
"""
import argparse, collections, json, pathlib, random, re, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parents[1] / "QuantLearnersTests/Fixtures/interchange"
OTHERS = ["0", "-1", "1", "7", "2147483647", "-2147483648", "1e300", "99", "-4", "inf", "nan", "4294967295"]
NUMBER = re.compile(rb"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
parser = argparse.ArgumentParser()
parser.add_argument("tool")
parser.add_argument("--count", type=int, default=1000)
parser.add_argument("--lightgbm", metavar="PYTHON")
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()


def truncations(data, count, chance):
    return [data[: chance.randrange(len(data))] for _ in range(count)]


def edits(data, count, chance):
    places = [match.span() for match in NUMBER.finditer(data)]
    for _ in range(count):
        start, end = chance.choice(places)
        yield data[:start] + chance.choice(OTHERS).encode() + data[end:]


def flips(data, count, chance):
    for _ in range(count):
        copy = bytearray(data)
        copy[chance.randrange(len(copy))] ^= 1 << chance.randrange(8)
        yield bytes(copy)


def moves(data, count, chance):
    for _ in range(count):
        start = chance.randrange(len(data))
        end = min(len(data), start + chance.randrange(1, 60))
        part = data[start:end]
        yield chance.choice([data[:start] + data[end:], data[:end] + part + data[end:],
                             data[:start] + part[::-1] + data[end:]])


def load(tool, files):
    """Counts of outcomes of one process; a process that dies or hangs is asked for each file again."""
    counts = collections.Counter()
    try:
        done = subprocess.run([tool, "check", *map(str, files)], capture_output=True, text=True,
                              timeout=30 + len(files))
        lines = done.stdout.splitlines()
        if done.returncode == 0 and len(lines) == len(files):
            return collections.Counter(line.split(" ")[1] for line in lines)
        outcome = "crashed"
    except subprocess.TimeoutExpired:
        outcome = "hung"
    if len(files) == 1:
        print(f"  {outcome}: {files[0]}")
        return collections.Counter([outcome])
    for file in files:
        counts += load(tool, [file])
    return counts


# Each file in a forked process of its own, so that LightGBM is imported once.
PEER = """
import collections, os, signal, sys, time, lightgbm, numpy
counts = collections.Counter()
for path in sys.stdin.read().split():
    child = os.fork()
    if child == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1), os.dup2(null, 2)
        try:
            booster = lightgbm.Booster(model_file=path)
            booster.predict(numpy.zeros((1, booster.num_feature())), raw_score=True)
            os._exit(0)
        except Exception:
            os._exit(1)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    signal.alarm(10)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    signal.alarm(0)
    counts[{0: "accepted", 1: "refused", -9: "hung"}.get(code, "died")] += 1
print(dict(sorted(counts.items())))
"""


def peer(python, files):
    """What LightGBM does with files: read, refuse, hang for 10 seconds, or end the process."""
    done = subprocess.run([python, "-c", PEER], input="\n".join(map(str, files)), check=True,
                          capture_output=True, text=True, env={"OMP_NUM_THREADS": "1"})
    return done.stdout.strip()


def impossible_texts(text):
    """LightGBM texts with one impossible node each; sizes of trees are put right."""
    lines = text.split("\n")
    for index, line in enumerate(lines):
        key, _, value = line.partition("=")
        words = value.split(" ")
        if key not in ("left_child", "right_child", "split_feature", "cat_boundaries", "threshold"):
            continue
        nodes = len(words)
        bad = {"left_child": [None, nodes + 1, -nodes - 2, -2147483648],
               "right_child": [None, nodes + 1, -nodes - 2, 0], "split_feature": [4, -1, 2147483647],
               "cat_boundaries": [99, -1, 4294967296], "threshold": [50, -1]}[key]
        decisions = next((x for x in lines[index:] if x.startswith("decision_type=")), "=")
        decisions = decisions.partition("=")[2].split(" ")
        for place in range(nodes):
            # Only of a set of categories is the threshold the number of something that must exist.
            if key == "threshold" and int(decisions[place] or 0) % 2 == 0:
                continue
            for word in bad:
                # None stands for the node itself.
                word = place if word is None else word
                changed = words[:place] + [str(word)] + words[place + 1:]
                yield sized("\n".join(lines[:index] + [key + "=" + " ".join(changed)] + lines[index + 1:]))


def sized(text):
    head, *trees = re.split(r"(?=^Tree=)", text, flags=re.M)
    trees[-1] = trees[-1].split("end of trees")[0]
    sizes = " ".join(str(len(tree.encode())) for tree in trees)
    return re.sub(r"tree_sizes=.*", "tree_sizes=" + sizes, text).encode()


def impossible_documents(text):
    """XGBoost documents with one impossible node each."""
    def trees(document):
        booster = document["learner"]["gradient_booster"]
        return booster.get("gbtree", booster)["model"]["trees"]

    for number, tree in enumerate(trees(json.loads(text))):
        count = len(tree["left_children"])
        for node in range(count):
            if tree["left_children"][node] < 0:
                continue
            for key, values in [("left_children", [node, count, 2147483647, -7, 0]),
                                ("right_children", [node, count, 2147483647, -7, 0]),
                                ("split_indices", [4, -1, 2147483646]), ("default_left", [2, -1]),
                                ("split_type", [2, -1])]:
                for value in values:
                    document = json.loads(text)
                    trees(document)[number][key][node] = value
                    yield json.dumps(document).encode()
        for key in ["parents", "split_conditions", "left_children", "default_left"]:
            document = json.loads(text)
            trees(document)[number][key].pop()
            yield json.dumps(document).encode()


def save(folder, name, contents):
    files = []
    for index, content in enumerate(contents):
        files.append(folder / f"{name}-{index:05}")
        files[-1].write_bytes(content)
    return files


isGood = True
with tempfile.TemporaryDirectory() as path:
    folder = pathlib.Path(path)
    for name in sorted(p.name for p in HERE.iterdir() if p.suffix in (".txt", ".ubj", ".json")):
        if name == "models.json":
            continue
        data = (HERE / name).read_bytes()
        isText = name.endswith(".txt")
        kinds = [truncations, flips, moves] if name.endswith(".ubj") else [truncations, edits, flips, moves]
        for kind in kinds:
            chance = random.Random(f"{options.seed} {name} {kind.__name__}")
            count = options.count if isText else options.count // 2
            files = save(folder, f"{name}-{kind.__name__}", kind(data, count, chance))
            counts = collections.Counter()
            for start in range(0, len(files), 500):
                counts += load(options.tool, files[start:start + 500])
            isGood &= set(counts) <= {"accepted", "refused"}
            print(f"{name} {kind.__name__}: {dict(sorted(counts.items()))}", flush=True)
            if options.lightgbm and isText and name == "lightgbm-binary.txt" and kind is not moves:
                print("  LightGBM:", peer(options.lightgbm, files), flush=True)
        if name.endswith(".ubj"):
            continue
        bad = impossible_texts(data.decode()) if isText else impossible_documents(data.decode())
        files = save(folder, name + "-impossible", bad)
        counts = collections.Counter()
        for start in range(0, len(files), 500):
            counts += load(options.tool, files[start:start + 500])
        isGood &= counts == {"refused": len(files)}
        print(f"{name} impossible: {dict(sorted(counts.items()))}", flush=True)
sys.exit(0 if isGood else "damaged models: something crashed, hung, or was accepted that must not be")
