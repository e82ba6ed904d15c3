"""Trains the line reader. `python train.py --minutes 60 --out /tmp/mrz_reader.npz`"""

import argparse
import multiprocessing
import time

import net
import numpy as np
import tensorflow as tf

BATCH = 32


def produce(queue, seed, level_low, level_high):
    """Endless fresh strips, a hundred at a time, over the whole range of difficulty."""
    import cv2
    import strips

    cv2.setNumThreads(1)
    rng = np.random.default_rng(seed)
    generator = strips.Generator(seed)
    while True:
        generator.level = rng.uniform(level_low, level_high)
        queue.put(generator.batch(100))


class Pool:
    """The most recent strips; each is seen a few times before newer ones replace it."""

    def __init__(self, queue, size, rng):
        self.queue, self.size, self.rng = queue, size, rng
        self.images, self.labels, self.made, self.used = [], [], 0, 0

    def refill(self, wait=False):
        """Takes what the producers have ready, but no more than a strip for every two that were used."""
        while wait or (not self.queue.empty() and self.made * 2 < self.used):
            images, labels = self.queue.get()
            if len(self.images) >= self.size:
                slot = (self.made // 100) % self.size
                self.images[slot], self.labels[slot] = images, labels
            else:
                self.images.append(images)
                self.labels.append(labels)
            self.made += 100
            wait = False

    def batch(self):
        self.used += BATCH
        blocks = self.rng.integers(len(self.images), size=BATCH)
        rows = self.rng.integers(100, size=BATCH)
        images = np.stack([self.images[b][r] for b, r in zip(blocks, rows)])
        labels = np.stack([self.labels[b][r] for b, r in zip(blocks, rows)])
        x = net.normalise(images)
        # the statistics of a whole line differ from those of a window: do not rely on them
        x = x * self.rng.uniform(0.7, 1.35, (BATCH, 1, 1, 1)) + self.rng.normal(0, 0.2, (BATCH, 1, 1, 1))
        return x.astype("f4"), labels


def loss_of(logits, labels, smoothing=0.02):
    known = tf.cast(tf.not_equal(labels, 255), tf.float32)
    weight = known * tf.where(tf.equal(labels, 0), 0.5, 1.0)
    target = tf.one_hot(tf.where(tf.equal(labels, 255), 0, labels), net.CLASSES)
    target = target * (1 - smoothing) + smoothing / net.CLASSES
    losses = tf.nn.softmax_cross_entropy_with_logits(target, logits)
    return tf.reduce_sum(losses * weight) / tf.reduce_sum(weight)


def make_step(params, stats, moments, averaged):
    names = list(params)

    @tf.function
    def step(x, labels, rate, t):
        with tf.GradientTape() as tape:
            logits, fresh = net.forward(params, stats, x, True, 0.1)
            loss = loss_of(logits, labels)
        grads = tape.gradient(loss, [params[n] for n in names])
        grads, _ = tf.clip_by_global_norm(grads, 2.0)
        keep = tf.minimum(0.998, (1 + t) / (10 + t))
        for n, g in zip(names, grads):
            m, v = moments[n]
            m.assign(0.9 * m + 0.1 * g)
            v.assign(0.99 * v + 0.01 * g * g)
            update = (m / (1 - 0.9**t)) / (tf.sqrt(v / (1 - 0.99**t)) + 1e-8)
            if n.endswith("/w"):
                update += 0.01 * params[n]
            params[n].assign_sub(rate * update)
            averaged[n].assign(keep * averaged[n] + (1 - keep) * params[n])
        for n, value in fresh.items():
            stats[n].assign(0.98 * stats[n] + 0.02 * value)
        return loss

    return step


def accuracy(params, stats, images, labels):
    """Share of labelled cells' columns read right, and of blank columns read blank."""
    right = np.zeros(2)
    total = np.zeros(2)
    for at in range(0, len(images), 50):
        logits, _ = net.forward(params, stats, net.normalise(images[at : at + 50]), False)
        guess = logits.numpy().argmax(-1)
        want = labels[at : at + 50]
        for k, mask in enumerate(((want != 0) & (want != 255), want == 0)):
            right[k] += (guess == want)[mask].sum()
            total[k] += mask.sum()
    return right / total


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--minutes", type=float, default=60)
    ask.add_argument("--out", default="/tmp/mrz_reader.npz")
    ask.add_argument("--init", default=None)
    ask.add_argument("--seed", type=int, default=7)
    ask.add_argument("--rate", type=float, default=2e-3)
    ask.add_argument("--levels", type=float, nargs=2, default=(0.3, 1.0))
    ask.add_argument("--producers", type=int, default=1)
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--pool", type=int, default=1000, help="hundreds of strips kept")
    args = ask.parse_args()

    queue = multiprocessing.Queue(8)
    workers = [
        multiprocessing.Process(target=produce, args=(queue, args.seed * 1000 + i, *args.levels), daemon=True)
        for i in range(args.producers)
    ]
    for worker in workers:
        worker.start()
    tf.config.threading.set_intra_op_parallelism_threads(args.threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)

    start_params, start_stats = net.init(args.seed)
    if args.init:
        saved = np.load(args.init)
        start_params = {n: saved[n] for n in start_params}
        start_stats = {n: saved[n] for n in start_stats}
    params = {n: tf.Variable(v) for n, v in start_params.items()}
    averaged = {n: tf.Variable(v) for n, v in start_params.items()}
    stats = {n: tf.Variable(v) for n, v in start_stats.items()}
    moments = {n: (tf.Variable(tf.zeros_like(v)), tf.Variable(tf.zeros_like(v))) for n, v in params.items()}
    print("parameters", sum(int(np.prod(v.shape)) for v in start_params.values()), flush=True)

    import strips

    held_out = strips.Generator(99, 0.7).batch(400)
    pool = Pool(queue, args.pool, np.random.default_rng(args.seed))
    for _ in range(20):
        pool.refill(wait=True)
    step = make_step(params, stats, moments, averaged)
    begin, last_print, last_save, t, running = time.time(), 0.0, time.time(), 0, None
    while (done := (time.time() - begin) / 60 / args.minutes) < 1:
        pool.refill()
        x, labels = pool.batch()
        warm = min(1.0, (t + 1) / 200)
        rate = args.rate * warm * (0.5 + 0.5 * np.cos(np.pi * done)) + 1e-5
        t += 1
        loss = step(tf.constant(x), tf.constant(labels.astype("i4")), tf.constant(rate, tf.float32), tf.constant(t, tf.float32))
        running = float(loss) if running is None else 0.98 * running + 0.02 * float(loss)
        now = time.time()
        if now - last_print > 30:
            last_print = now
            print(f"{(now - begin) / 60:6.1f} min  step {t}  made {pool.made}  loss {running:.4f}", flush=True)
        if now - last_save > 150:
            last_save = now
            save(args.out, averaged, stats)
            chars, blanks = accuracy(averaged, stats, *held_out)
            print(f"           held out: characters {chars:.4f}  blanks {blanks:.4f}", flush=True)
    save(args.out, averaged, stats)
    print("held out", accuracy(averaged, stats, *held_out), "steps", t, "strips", pool.made, flush=True)
    for worker in workers:
        worker.terminate()


def save(path, params, stats):
    np.savez(path, **{n: v.numpy() for n, v in params.items()}, **{n: v.numpy() for n, v in stats.items()})


if __name__ == "__main__":
    main()
