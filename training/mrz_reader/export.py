"""Writes the trained network as an ONNX graph. `python export.py /tmp/mrz_reader.npz mrz_reader.onnx`"""

import sys

import net
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

LOGS = "log_probabilities"


def same_pads(kernel, strides):
    """TensorFlow's SAME for even sizes: the odd pixel goes to the bottom and the right."""
    total = [max(k - s, 0) for k, s in zip(kernel, strides)]
    before = [t // 2 for t in total]
    return before + [t - b for t, b in zip(total, before)]


def graph(params, stats):
    nodes, constants, at = [], [], "strip"
    for name, w, bias, strides, padding in net.folded(params, stats):
        kernel = w.shape[:2]
        pads = [0, 1, 0, 1] if padding == "COLUMNS" else same_pads(kernel, strides)
        constants.append(numpy_helper.from_array(np.ascontiguousarray(w.transpose(3, 2, 0, 1), "f4"), name + "_w"))
        constants.append(numpy_helper.from_array(bias.astype("f4"), name + "_b"))
        inputs = [at, name + "_w", name + "_b"]
        nodes.append(helper.make_node("Conv", inputs, [name], kernel_shape=kernel, strides=strides, pads=pads))
        at = name
        if name != "head":
            at = name + "_relu"
            nodes.append(helper.make_node("Relu", [name], [at]))
    constants.append(numpy_helper.from_array(np.array([2], np.int64), "rows"))
    nodes.append(helper.make_node("Squeeze", [at, "rows"], ["classes_first"]))
    nodes.append(helper.make_node("Transpose", ["classes_first"], ["scores"], perm=[0, 2, 1]))
    nodes.append(helper.make_node("LogSoftmax", ["scores"], [LOGS], axis=-1))
    strip = helper.make_tensor_value_info("strip", TensorProto.FLOAT, [1, 1, 32, "width"])
    logs = helper.make_tensor_value_info(LOGS, TensorProto.FLOAT, [1, "columns", net.CLASSES])
    made = helper.make_graph(nodes, "mrz_reader", [strip], [logs], constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 13)], producer_name="bonafide")
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model


def main():
    saved = np.load(sys.argv[1])
    params, stats = net.init(0)
    onnx.save(graph({n: saved[n] for n in params}, {n: saved[n] for n in stats}), sys.argv[2])


if __name__ == "__main__":
    main()
