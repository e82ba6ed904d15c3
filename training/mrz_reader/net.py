"""The network: seven convolutions from a 32-row strip to 38 scores (nothing, or one of 37 characters) per 4 columns."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
import tensorflow as tf

CLASSES = 38
# name, kernel (rows, columns), channels in, channels out, stride, padding
LAYERS = (
    ("c1", (5, 5), 1, 16, (2, 2), "SAME"),
    ("c2", (3, 3), 16, 32, (2, 1), "SAME"),
    ("c3", (3, 3), 32, 48, (2, 2), "SAME"),
    ("c4", (3, 3), 48, 64, (2, 1), "SAME"),
    ("c5", (2, 3), 64, 128, (1, 1), "COLUMNS"),
    ("c6", (1, 5), 128, 96, (1, 1), "SAME"),
)
HEAD = ("head", (1, 1), 96, CLASSES)
BN_EPS = 1e-3


def init(seed):
    rng = np.random.default_rng(seed)
    params, stats = {}, {}
    for name, (kh, kw), cin, cout, _, _ in LAYERS:
        scale = np.sqrt(2 / (kh * kw * cin))
        params[name + "/w"] = rng.normal(0, scale, (kh, kw, cin, cout)).astype("f4")
        params[name + "/gain"] = np.ones(cout, "f4")
        params[name + "/bias"] = np.zeros(cout, "f4")
        stats[name + "/mean"] = np.zeros(cout, "f4")
        stats[name + "/var"] = np.ones(cout, "f4")
    name, _, cin, cout = HEAD
    params[name + "/w"] = rng.normal(0, np.sqrt(1 / cin), (1, 1, cin, cout)).astype("f4")
    params[name + "/bias"] = np.zeros(cout, "f4")
    return params, stats


def convolve(x, w, strides, padding):
    if padding == "COLUMNS":
        # no padding over the rows (2 -> 1), one column on each side
        x = tf.pad(x, [[0, 0], [0, 0], [1, 1], [0, 0]])
        padding = "VALID"
    return tf.nn.conv2d(x, w, (1, *strides, 1), padding)


def forward(params, stats, x, training, dropout=0.0):
    """Logits [batch, columns, 38] and the batch statistics to fold into the running ones."""
    fresh = {}
    for name, _, _, _, strides, padding in LAYERS:
        x = convolve(x, params[name + "/w"], strides, padding)
        gain, bias = params[name + "/gain"], params[name + "/bias"]
        if training:
            x, mean, var = tf.compat.v1.nn.fused_batch_norm(x, gain, bias, epsilon=BN_EPS, is_training=True)
            fresh[name + "/mean"], fresh[name + "/var"] = mean, var
        else:
            scale = gain * tf.math.rsqrt(stats[name + "/var"] + BN_EPS)
            x = x * scale + (bias - stats[name + "/mean"] * scale)
        x = tf.nn.relu(x)
    if training and dropout > 0:
        x = tf.nn.dropout(x, dropout)
    x = tf.nn.conv2d(x, params["head/w"], 1, "SAME") + params["head/bias"]
    return tf.squeeze(x, 1), fresh


def folded(params, stats):
    """Convolution weights and biases with the batch normalisation folded in, for the exported graph."""
    out = []
    for name, _, _, _, strides, padding in LAYERS:
        scale = params[name + "/gain"] / np.sqrt(stats[name + "/var"] + BN_EPS)
        bias = params[name + "/bias"] - stats[name + "/mean"] * scale
        out.append((name, params[name + "/w"] * scale, bias, strides, padding))
    out.append(("head", params["head/w"], params["head/bias"], (1, 1), "SAME"))
    return out


def normalise(strips):
    """uint8 [n, 32, w] -> float32 [n, 32, w, 1] with zero mean and unit spread per strip, within +-4."""
    x = strips.astype("f4")
    mean = x.mean((1, 2), keepdims=True)
    std = x.std((1, 2), keepdims=True)
    return np.clip((x - mean) / (std + 4.0), -4, 4)[..., None]
