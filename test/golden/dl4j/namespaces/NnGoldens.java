import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.ops.*;

import org.nd4j.enums.*;
import java.util.*;

public class NnGoldens {
    static StringBuilder out = new StringBuilder();
    static int count = 0;
    static String array(INDArray a) {
        if (a == null) return "null";
        if (a.isEmpty()) return "{\"shape\":" + Arrays.toString(a.shape()) + ",\"type\":\"" + a.dataType() + "\",\"empty\":true}";
        INDArray c = a.dup('c');
        java.nio.ByteBuffer b;
        int n = (int) c.length();
        if (c.dataType() == DataType.FLOAT) { b = java.nio.ByteBuffer.allocate(4 * n).order(java.nio.ByteOrder.LITTLE_ENDIAN); for (float v : c.data().asFloat()) b.putFloat(v); }
        else if (c.dataType() == DataType.DOUBLE) { b = java.nio.ByteBuffer.allocate(8 * n).order(java.nio.ByteOrder.LITTLE_ENDIAN); for (double v : c.data().asDouble()) b.putDouble(v); }
        else if (c.dataType() == DataType.INT) { b = java.nio.ByteBuffer.allocate(4 * n).order(java.nio.ByteOrder.LITTLE_ENDIAN); for (int v : c.data().asInt()) b.putInt(v); }
        else if (c.dataType() == DataType.LONG) { b = java.nio.ByteBuffer.allocate(8 * n).order(java.nio.ByteOrder.LITTLE_ENDIAN); for (long v : c.data().asLong()) b.putLong(v); }
        else throw new RuntimeException("type " + c.dataType());
        return "{\"shape\":" + Arrays.toString(a.shape()) + ",\"type\":\"" + a.dataType() + "\",\"data\":\"" + Base64.getEncoder().encodeToString(b.array()) + "\"}";
    }
    static String json(Object o) {
        if (o == null) return "null";
        if (o instanceof INDArray) return array((INDArray) o);
        if (o instanceof Number || o instanceof Boolean) return o.toString();
        if (o instanceof int[]) return Arrays.toString((int[]) o);
        if (o instanceof Map) {
            StringBuilder s = new StringBuilder("{");
            for (Map.Entry<?, ?> e : ((Map<?, ?>) o).entrySet()) s.append(s.length() > 1 ? "," : "").append("\"").append(e.getKey()).append("\":").append(json(e.getValue()));
            return s.append("}").toString();
        }
        if (o instanceof Object[]) {
            StringBuilder s = new StringBuilder("[");
            for (Object e : (Object[]) o) s.append(s.length() > 1 ? "," : "").append(json(e));
            return s.append("]").toString();
        }
        return "\"" + o.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + "\"";
    }
    interface Call { Object run() throws Exception; }
    static Object[] dups(Object... args) { Object[] c = new Object[args.length]; for (int i = 0; i < c.length; i++) c[i] = args[i] instanceof INDArray ? ((INDArray) args[i]).dup() : args[i]; return c; }
    static void record(String op, Object[] args, Call call) {
        String given = json(args);
        String end;
        try {
            Object r = call.run();
            end = "\"result\":" + json(r);
        } catch (Throwable t) {
            end = "\"throws\":" + json(map("class", t.getClass().getName(), "message", String.valueOf(t.getMessage()).split("\n")[0]));
            System.err.println(op + " throws " + String.valueOf(t.getMessage()).split("\n")[0] + (t.getCause() == null ? "" : " <- " + t.getCause()));
        }
        out.append(count++ > 0 ? ",\n" : "").append("{\"op\":\"").append(op).append("\",\"args\":").append(given).append(",").append(end).append("}");
    }
    static void write(String file) throws Exception {
        java.nio.file.Files.write(java.nio.file.Paths.get(file), ("{\"kind\":\"namespace-ops\",\"cases\":[\n" + out + "\n]}\n").getBytes("UTF-8"));
    }
    static INDArray custom1(String name, INDArray[] in, int[] iargs, double[] targs, boolean[] bargs) { return custom(name, in, iargs, targs, bargs)[0]; }
    static INDArray[] custom(String name, INDArray[] in, int[] iargs, double[] targs, boolean[] bargs) {
        DynamicCustomOp.DynamicCustomOpsBuilder b = DynamicCustomOp.builder(name).addInputs(in);
        if (iargs != null) b.addIntegerArguments(iargs);
        if (targs != null) { Double[] d = new Double[targs.length]; for (int i = 0; i < d.length; i++) d[i] = targs[i]; b.addFloatingPointArguments(d); }
        if (bargs != null) b.addBooleanArguments(bargs);
        return Nd4j.exec(b.build());
    }
    static Map<String, Object> map(Object... kv) { Map<String, Object> m = new LinkedHashMap<>(); for (int i = 0; i < kv.length; i += 2) m.put((String) kv[i], kv[i + 1]); return m; }
    static NDNN nn;
    interface F { INDArray f(INDArray x); }
    static void one(String op, F f) {
        double[] v = {-21, -7, -3.2, -3, -2.5, -1, -0.7, -0.5, -0.2, -1e-3, -0.0, 0.0, 1e-3, 0.3, 0.5, 0.9, 1, 1.4, 2.5, 3, 3.2, 5.9, 6, 6.5, 30, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN};
        for (DataType t : new DataType[]{DataType.FLOAT, DataType.DOUBLE}) {
            INDArray x = Nd4j.createFromArray(v).castTo(t);
            record("nn." + op, new Object[]{x}, () -> f.f(x.dup()));
        }
        INDArray m = Nd4j.arange(-6, 6).castTo(DataType.FLOAT).mul(0.7).reshape(3, 4).dup('f');
        record("nn." + op, new Object[]{m}, () -> f.f(m.dup('f')));
    }
    interface P { INDArray f(INDArray x, double p); }
    static void param(String op, P f, double... ps) {
        double[] v = {-7, -2.5, -2, -1, -0.5, -0.0, 0.0, 0.3, 0.5, 0.9, 1, 2.5, 5.9, 6, 6.5, Double.NaN};
        for (double p : ps) for (DataType t : new DataType[]{DataType.FLOAT, DataType.DOUBLE}) {
            INDArray x = Nd4j.createFromArray(v).castTo(t);
            record("nn." + op, new Object[]{x, p}, () -> f.f(x.dup(), p));
        }
    }
    public static void main(String[] args) throws Exception {
        nn = Nd4j.nn();
        one("cReLU", nn::cReLU); one("elu", nn::elu); one("gelu", nn::gelu); one("preciseGelu", nn::preciseGelu);
        one("hardSigmoid", nn::hardSigmoid); one("hardTanh", nn::hardTanh); one("hardTanhDerivative", nn::hardTanhDerivative);
        one("logSigmoid", nn::logSigmoid); one("selu", nn::selu); one("sigmoid", nn::sigmoid); one("softplus", nn::softplus);
        one("softsign", nn::softsign); one("softsignDerivative", nn::softsignDerivative); one("swish", nn::swish); one("tanh", nn::tanh);
        param("leakyRelu", nn::leakyRelu, 0.01, 0.2, 1.5); param("leakyReluDerivative", nn::leakyReluDerivative, 0.01, 0.2);
        param("relu", nn::relu, 0, 0.5, -2); param("relu6", nn::relu6, 0, 0.5, -2);
        INDArray x = Nd4j.arange(-10, 14).castTo(DataType.FLOAT).mul(0.3), d = Nd4j.arange(-9, 15).castTo(DataType.FLOAT).mul(-0.15);
        record("nn.sigmoidDerivative", new Object[]{x, d}, () -> nn.sigmoidDerivative(x.dup(), d.dup()));
        for (DataType t : new DataType[]{DataType.FLOAT, DataType.DOUBLE}) {
            INDArray y = x.castTo(t), g = d.castTo(t);
            INDArray y3 = y.reshape(2, 3, 4), g3 = g.reshape(2, 3, 4);
            record("nn.softmax", new Object[]{y3}, () -> nn.softmax(y3.dup()));
            record("nn.logSoftmax", new Object[]{y3}, () -> nn.logSoftmax(y3.dup()));
            record("nn.softmax", new Object[]{y}, () -> nn.softmax(y.dup()));
            record("nn.logSoftmax", new Object[]{y}, () -> nn.logSoftmax(y.dup()));
            for (int dim : new int[]{0, 1, 2, -1, -2, 3}) {
                record("nn.softmax", new Object[]{y3, dim}, () -> nn.softmax(y3.dup(), dim));
                record("nn.logSoftmax", new Object[]{y3, dim}, () -> nn.logSoftmax(y3.dup(), dim));
                record("nn.softmaxDerivative", new Object[]{y3, g3, dim}, () -> nn.softmaxDerivative(y3.dup(), g3.dup(), dim));
            }
            // the ops behind, with outputs computed
            INDArray b4 = Nd4j.createFromArray(0.5, -1.5, 2.25, 4).castTo(t), b3 = Nd4j.createFromArray(1.0, 2, 3).castTo(t);
            INDArray y4 = y.reshape(1, 3, 4, 2), y2 = y.reshape(6, 4);
            record("nn.biasAdd", new Object[]{y2, b4, false}, () -> nn.biasAdd(y2.dup(), b4, false));
            record("nn.biasAdd", new Object[]{y2, b4, true}, () -> nn.biasAdd(y2.dup(), b4, true));
            record("nn.biasAdd", new Object[]{y3, b3, true}, () -> nn.biasAdd(y3.dup(), b3, true));
            record("nn.biasAdd", new Object[]{y3, b4, false}, () -> nn.biasAdd(y3.dup(), b4, false));
            record("nn.biasAdd", new Object[]{y4, b3, true}, () -> nn.biasAdd(y4.dup(), b3, true));
            record("nn.biasAdd", new Object[]{y3, b4, true}, () -> nn.biasAdd(y3.dup(), b4, true));
            record("nn.biasAdd", new Object[]{y, b4, false}, () -> nn.biasAdd(y.dup(), b4, false));
            record("nn.biasAddBp", new Object[]{y4, b3, y4, true}, () -> custom("biasadd_bp", new INDArray[]{y4, b3, y4}, null, null, new boolean[]{true}));
            record("nn.biasAddBp", new Object[]{y2, b4, y2, false}, () -> custom("biasadd_bp", new INDArray[]{y2, b4, y2}, null, null, new boolean[]{false}));
            INDArray w = Nd4j.arange(-9, 11).castTo(t).mul(0.1).reshape(4, 5), b5 = Nd4j.createFromArray(0.1, 0.2, -0.3, 0.4, -0.5).castTo(t);
            record("nn.linear", new Object[]{y2, w, b5}, () -> nn.linear(y2, w, b5));
            record("nn.linear", new Object[]{y2, w, null}, () -> nn.linear(y2, w, null));
            record("nn.linear", new Object[]{y3, w, b5}, () -> nn.linear(y3, w, b5));
            record("nn.linear", new Object[]{y2, w, b4}, () -> nn.linear(y2, w, b4));
            record("nn.linear", new Object[]{y2, y2, b4}, () -> nn.linear(y2, y2, b4));
            record("nn.reluLayer", new Object[]{y2, w, b5}, () -> nn.reluLayer(y2, w, b5));
            record("nn.reluLayer", new Object[]{y2, w, b4}, () -> nn.reluLayer(y2, w, b4));
            INDArray a4 = Nd4j.createFromArray(0.1, 0.2, 0.3, 0.4).castTo(t), a34 = Nd4j.arange(1, 13).castTo(t).mul(0.1).reshape(3, 4), a14 = a4.reshape(1, 4);
            record("nn.prelu", new Object[]{y2, a4, new int[]{}}, () -> custom1("prelu", new INDArray[]{y2.dup(), a4}, new int[]{}, null, null));
            record("nn.prelu", new Object[]{y3, a34, new int[]{}}, () -> custom1("prelu", new INDArray[]{y3.dup(), a34}, new int[]{}, null, null));
            record("nn.prelu", new Object[]{y3, a14, new int[]{1}}, () -> custom1("prelu", new INDArray[]{y3.dup(), a14}, new int[]{1}, null, null));
            record("nn.prelu", new Object[]{y3, a4, new int[]{1}}, () -> custom1("prelu", new INDArray[]{y3.dup(), a4}, new int[]{1}, null, null));
            record("nn.prelu", new Object[]{y3, b3, new int[]{2}}, () -> custom1("prelu", new INDArray[]{y3.dup(), b3}, new int[]{2}, null, null));
            record("nn.prelu", new Object[]{y4, b3, new int[]{2, 3}}, () -> custom1("prelu", new INDArray[]{y4.dup(), b3}, new int[]{2, 3}, null, null));
            record("nn.prelu", new Object[]{y3, a4, new int[]{2}}, () -> custom1("prelu", new INDArray[]{y3.dup(), a4}, new int[]{2}, null, null));
            record("nn.preluBp", new Object[]{y3, a34, g3, new int[]{}}, () -> custom("prelu_bp", new INDArray[]{y3, a34, g3}, new int[]{}, null, null));
            record("nn.preluBp", new Object[]{y3, a14, g3, new int[]{1}}, () -> custom("prelu_bp", new INDArray[]{y3, a14, g3}, new int[]{1}, null, null));
            INDArray t3 = Nd4j.createFromArray(3.0, 1, 7, 7, -2, 5, 0, 9, 4, 4, 4, 1).castTo(t).reshape(3, 4);
            INDArray t1 = t3.reshape(12), t5 = t3.reshape(2, 3, 2), k3 = Nd4j.createFromArray(3.0, 1, 7, 6, -2, 5, 0, 9, 4, 4.5, 4.25, 1.5).castTo(t).reshape(3, 4), k1 = k3.reshape(12), k5 = k3.reshape(2, 3, 2);
            for (int k : new int[]{1, 2, 3, 4, 5, 0}) for (boolean s : new boolean[]{true, false})
                record("nn.topK", new Object[]{k3, k, s}, () -> custom("top_k", new INDArray[]{k3}, new int[]{k, s ? 1 : 0}, null, null));
            record("nn.topK", new Object[]{k1, 5, true}, () -> custom("top_k", new INDArray[]{k1}, new int[]{5, true ? 1 : 0}, null, null));
            record("nn.topK", new Object[]{k1, 5, false}, () -> custom("top_k", new INDArray[]{k1}, new int[]{5, false ? 1 : 0}, null, null));
            record("nn.topK", new Object[]{k5, 1, false}, () -> custom("top_k", new INDArray[]{k5}, new int[]{1, false ? 1 : 0}, null, null));
            INDArray p2 = Nd4j.createFromArray(new int[][]{{1, 2}, {0, 1}}), p3 = Nd4j.createFromArray(new int[][]{{1, 1}, {2, 0}, {0, 3}}), big = Nd4j.createFromArray(new int[][]{{0, 0}, {6, 5}}), p33 = Nd4j.createFromArray(new int[][]{{3, 2}, {0, 1}});
            for (PadMode mode : PadMode.values()) {
                record("nn.pad", new Object[]{t3, p2, mode, 2.5}, () -> nn.pad(t3, p2, mode, 2.5));
                record("nn.pad", new Object[]{t5, p3, mode, -1}, () -> nn.pad(t5, p3, mode, -1));
                record("nn.pad", new Object[]{t3, big, mode, 0}, () -> nn.pad(t3, big, mode, 0));
                record("nn.pad", new Object[]{t3, p33, mode, 0}, () -> nn.pad(t3, p33, mode, 0));
            }
            record("nn.pad", new Object[]{t3, p2, 7}, () -> nn.pad(t3, p2, 7));
            record("nn.pad", new Object[]{t3, p3, 7}, () -> nn.pad(t3, p3, 7));
            record("nn.pad", new Object[]{t1, p2, 7}, () -> nn.pad(t1, p2, 7));
            attention(t);
        }
        write("nn.json");
    }
    static INDArray rnd(DataType t, long... s) { return Nd4j.rand(DataType.DOUBLE, s).subi(0.5).muli(2).castTo(t); }
    static void attention(DataType t) {
        Nd4j.getRandom().setSeed(12345);
        INDArray q = rnd(t, 2, 4, 3), k = rnd(t, 2, 4, 5), v = rnd(t, 2, 6, 5), mask = Nd4j.createFromArray(new double[][]{{1, 1, 0, 1, 1}, {1, 0, 0, 1, 0}}).castTo(t), g = rnd(t, 2, 6, 3);
        INDArray q4 = rnd(t, 2, 3, 4, 3), k4 = rnd(t, 2, 3, 4, 5), v4 = rnd(t, 2, 3, 6, 5), g4 = rnd(t, 2, 3, 6, 3);
        for (boolean s : new boolean[]{true, false}) {
            record("nn.dotProductAttention", new Object[]{q, k, v, null, s}, () -> nn.dotProductAttention(q, k, v, null, s));
            record("nn.dotProductAttention", new Object[]{q, k, v, mask, s}, () -> nn.dotProductAttention(q, k, v, mask, s));
            record("nn.dotProductAttention", new Object[]{q4, k4, v4, null, s}, () -> nn.dotProductAttention(q4, k4, v4, null, s));
            record("nn.dotProductAttention", new Object[]{q4, k4, v4, mask, s}, () -> nn.dotProductAttention(q4, k4, v4, mask, s));
            record("nn.dotProductAttentionBp", new Object[]{q, k, v, g, null, s}, () -> custom("dot_product_attention_bp", new INDArray[]{q, k, v, g}, new int[]{s ? 1 : 0}, null, null));
            record("nn.dotProductAttentionBp", new Object[]{q, k, v, g, mask, s}, () -> custom("dot_product_attention_bp", new INDArray[]{q, k, v, g, mask}, new int[]{s ? 1 : 0}, null, null));
            record("nn.dotProductAttentionBp", new Object[]{q4, k4, v4, g4, null, s}, () -> custom("dot_product_attention_bp", new INDArray[]{q4, k4, v4, g4}, new int[]{s ? 1 : 0}, null, null));
            INDArray wq = rnd(t, 2, 3, 4), wk = rnd(t, 2, 3, 4), wv = rnd(t, 2, 5, 6), wo = rnd(t, 10, 7), gm = rnd(t, 2, 7, 3);
            record("nn.multiHeadDotProductAttention", new Object[]{q, k, v, wq, wk, wv, wo, null, s}, () -> nn.multiHeadDotProductAttention(q, k, v, wq, wk, wv, wo, null, s));
            record("nn.multiHeadDotProductAttention", new Object[]{q, k, v, wq, wk, wv, wo, mask, s}, () -> nn.multiHeadDotProductAttention(q, k, v, wq, wk, wv, wo, mask, s));
            record("nn.multiHeadDotProductAttentionBp", new Object[]{q, k, v, wq, wk, wv, wo, gm, null, s}, () -> custom("multi_head_dot_product_attention_bp", new INDArray[]{q, k, v, wq, wk, wv, wo, gm}, new int[]{s ? 1 : 0}, null, null));
            record("nn.multiHeadDotProductAttentionBp", new Object[]{q, k, v, wq, wk, wv, wo, gm, mask, s}, () -> custom("multi_head_dot_product_attention_bp", new INDArray[]{q, k, v, wq, wk, wv, wo, gm, mask}, new int[]{s ? 1 : 0}, null, null));
        }
        record("nn.dotProductAttention", new Object[]{k, q, v, null, true}, () -> nn.dotProductAttention(k, q, v, null, true));
        record("nn.dotProductAttention", new Object[]{q, v, k, null, true}, () -> nn.dotProductAttention(q, v, k, null, true));
        record("nn.dotProductAttention", new Object[]{q4, k, v, null, true}, () -> nn.dotProductAttention(q4, k, v, null, true));
    }
}
