# What the same lists cost in Python: reads the file, takes place, price and their ranks as features, and passes once over
# them with scikit-learn's SGDClassifier. Run by the bench `cost`: LOG.
import csv, json, resource, sys, time
import numpy as np
from sklearn.linear_model import SGDClassifier

csv.field_size_limit(1 << 24)
started = time.perf_counter()
model = SGDClassifier(loss="log_loss", random_state=1)
rows, items, lists = [], 0, 0


def learn():
    table = np.concatenate([features for features, _ in rows])
    model.partial_fit(table, np.concatenate([labels for _, labels in rows]), classes=[0, 1])


with open(sys.argv[1], newline="") as file:
    for row in csv.DictReader(file):
        if not row["impressions"]:
            continue
        ids = np.array(row["impressions"].split("|"))
        prices = np.array(row["prices"].split("|"), dtype=np.float32)
        place = np.arange(len(ids), dtype=np.float32)
        rank = prices.argsort().argsort() / max(len(ids) - 1, 1)
        table = np.stack([1 / (1 + place), rank, np.log(prices / np.median(prices))], axis=1)
        rows.append((table, (ids == row["reference"]).astype(int)))
        items += len(ids)
        lists += 1
        if len(rows) == 128:
            learn()
            rows.clear()
if rows:
    learn()
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "lists": lists, "items": items, "seconds": time.perf_counter() - started,
    "processorSeconds": usage.ru_utime + usage.ru_stime, "megabytes": usage.ru_maxrss / 1024,
}))
