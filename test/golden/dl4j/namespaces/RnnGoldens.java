import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.ops.*;

import org.nd4j.enums.*;
import java.util.*;

public class RnnGoldens {
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
    static INDArray rnd(DataType t, long... s) { return Nd4j.rand(DataType.DOUBLE, s).subi(0.5).muli(2).castTo(t); }
    static INDArray[] list(INDArray... a) { List<INDArray> l = new ArrayList<>(); for (INDArray x : a) if (x != null) l.add(x); return l.toArray(new INDArray[0]); }
    static final String[] FORMATS = {"TNS", "NTS", "NST", "T2NS"}, MODES = {"FWD", "BWD", "BIDIR_SUM", "BIDIR_CONCAT", "BIDIR_EXTRA_DIM"};
    static final String[] ACTS = {"TANH", "RELU", "SIGMOID", "AFFINE", "LEAKY_RELU", "THRESHHOLD_RELU", "SCALED_TAHN", "HARD_SIGMOID", "ELU", "SOFTSIGN", "SOFTPLUS"};
    static boolean alpha(int a) { return a == 3 || a == 4 || a == 5 || a == 6 || a == 8; }
    static boolean beta(int a) { return a == 3 || a == 6; }
    static void layer(DataType t, int f, int m, int[] acts, double clip, boolean bias, boolean state, boolean peep, boolean lengths, boolean full, boolean lastH, boolean lastC, boolean bp) {
        int T = 4, N = 3, I = 2, U = 3;
        boolean bi = m > 1;
        INDArray x = f == 1 ? rnd(t, N, T, I) : f == 2 ? rnd(t, N, I, T) : rnd(t, T, N, I);
        INDArray wx = bi ? rnd(t, 2, I, 4 * U) : rnd(t, I, 4 * U), wr = bi ? rnd(t, 2, U, 4 * U) : rnd(t, U, 4 * U);
        INDArray b = !bias ? null : bi ? rnd(t, 2, 4 * U) : rnd(t, 4 * U), wp = !peep ? null : bi ? rnd(t, 2, 3 * U) : rnd(t, 3 * U);
        INDArray h = !state ? null : bi ? rnd(t, 2, N, U) : rnd(t, N, U), c = !state ? null : bi ? rnd(t, 2, N, U) : rnd(t, N, U);
        INDArray len = !lengths ? null : Nd4j.createFromArray(4.0, 2, 1).castTo(t);
        List<Double> ta = new ArrayList<>(); ta.add(clip);
        Map<String, Object> config = map("lstmdataformat", FORMATS[f], "directionMode", MODES[m], "gateAct", ACTS[acts[0]], "cellAct", ACTS[acts[1]], "outAct", ACTS[acts[2]], "retFullSequence", full, "retLastH", lastH, "retLastC", lastC, "cellClip", clip);
        String[] names = {"gate", "cell", "out"};
        double[] al = {0.6, 0.8, 0.3};
        for (int i = 0; i < 3; i++) {
            if (alpha(acts[i])) { ta.add(al[i]); config.put(names[i] + "Alpha", al[i]); }
            if (beta(acts[i])) { ta.add(0.7); config.put(names[i] + "Beta", 0.7); }
        }
        double[] targs = ta.stream().mapToDouble(d -> d).toArray();
        int[] iargs = {f, m, acts[0], acts[1], acts[2]};
        boolean[] bargs = {bias, lengths, state, state, peep, full, lastH, lastC};
        Map<String, Object> w = map("weights", wx, "rWeights", wr);
        if (bias) w.put("bias", b);
        if (peep) w.put("peepholeWeights", wp);
        INDArray[] out = null;
        record("rnn.lstmLayer", state || lengths ? new Object[]{x, c, h, len, w, config} : new Object[]{x, w, config}, () -> custom("lstmLayer", list(x, wx, wr, b, len, h, c, wp), iargs, targs, bargs));
        if (!bp) return;
        INDArray gh = null, ghl = null, gcl = null;
        INDArray[] r = custom("lstmLayer", list(x, wx, wr, b, len, h, c, wp), iargs, targs, bargs);
        int k = 0;
        if (full) gh = rnd(t, r[k++].shape());
        if (lastH) ghl = rnd(t, r[k++].shape());
        if (lastC) gcl = rnd(t, r[k++].shape());
        INDArray a1 = gh, a2 = ghl, a3 = gcl;
        List<Object> g = new ArrayList<>(); for (INDArray each : list(gh, ghl, gcl)) g.add(each);
        record("rnn.lstmLayerBp", new Object[]{x, c, h, len, w, config, g.toArray()}, () -> custom("lstmLayer_bp", list(x, wx, wr, b, len, h, c, wp, a1, a2, a3), iargs, targs, bargs));
    }
    public static void main(String[] args) throws Exception {
        Nd4j.getRandom().setSeed(777);
        int[] std = {2, 0, 0};
        for (DataType t : new DataType[]{DataType.DOUBLE, DataType.FLOAT}) {
            for (int f = 0; f < 4; f++) for (int m = 0; m < 5; m++) if ((f == 3) == (m == 4)) {
                layer(t, f, m, std, 0, true, false, false, false, true, true, true, true);
                layer(t, f, m, std, 0, true, true, true, true, true, true, true, true);
                layer(t, f, m, std, 0, true, true, false, true, true, true, true, t == DataType.DOUBLE);
            }
            if (t == DataType.FLOAT) continue;
            layer(t, 0, 0, std, 0, false, false, false, false, true, false, false, true);
            layer(t, 0, 0, std, 0, true, false, false, false, false, true, false, true);
            layer(t, 0, 0, std, 0, true, false, false, false, false, false, true, true);
            layer(t, 2, 3, std, 0, true, true, true, false, false, true, true, true);
            layer(t, 1, 1, std, 0, true, true, true, false, true, false, true, true);
            layer(t, 0, 0, std, 0.3, true, true, false, false, true, true, true, true);
            layer(t, 0, 0, std, 0.3, true, true, true, false, true, true, true, true);
            for (int a = 0; a < 11; a++) { layer(t, 0, 0, new int[]{a, 0, 0}, 0, true, true, true, false, true, true, true, true); layer(t, 0, 0, new int[]{2, a, 0}, 0, true, true, false, false, true, true, true, true); layer(t, 0, 0, new int[]{2, 0, a}, 0, true, true, false, false, true, true, true, true); }
            layer(t, 0, 4, std, 0, true, false, false, false, true, true, true, false);
            layer(t, 3, 0, std, 0, true, false, false, false, true, true, true, false);
            layer(t, 0, 0, std, 0, true, false, false, false, false, false, false, false);
        }
        for (DataType t : new DataType[]{DataType.DOUBLE, DataType.FLOAT}) others(t);
        write("rnn.json");
    }
    static void others(DataType t) {
        int T = 4, N = 3, I = 2, U = 3;
        INDArray x = rnd(t, N, I), c = rnd(t, N, U), y = rnd(t, N, U), W = rnd(t, I + U, 4 * U), pi = rnd(t, U), pf = rnd(t, U), po = rnd(t, U), b = rnd(t, 4 * U);
        INDArray xs = rnd(t, T, N, I), xn = rnd(t, N, T, I), xt = rnd(t, N, I, T);
        for (int peep = 0; peep < 2; peep++) for (double fb : new double[]{0, 1}) for (double clip : new double[]{0, 0.3}) {
            int p = peep;
            Map<String, Object> w = map("iWeights", W, "iInputPeepholeWeights", pi, "iForgetPeepholeWeights", pf, "iOutputPeepholeWeights", po, "iBias", b);
            Map<String, Object> config = map("peepHole", peep == 1, "dataFormat", "TNS", "forgetBias", fb, "clippingCellValue", clip);
            record("rnn.lstmCell", new Object[]{x, c, y, w, config}, () -> custom("lstmBlockCell", new INDArray[]{x, c, y, W, pi, pf, po, b}, new int[]{p}, new double[]{fb, clip}, null));
            INDArray len = Nd4j.createFromArray(new long[]{T}), len3 = Nd4j.createFromArray(new long[]{2});
            record("rnn.lstmblock", new Object[]{len, xs, c, y, w, config}, () -> custom1("lstmBlock", new INDArray[]{len.reshape(), xs, c, y, W, pi, pf, po, b}, new int[]{p, 0}, new double[]{fb, clip}, null));
            record("rnn.lstmblock", new Object[]{len3, xs, c, y, w, config}, () -> custom1("lstmBlock", new INDArray[]{len3.reshape(), xs, c, y, W, pi, pf, po, b}, new int[]{p, 0}, new double[]{fb, clip}, null));
            Map<String, Object> cn = new LinkedHashMap<>(config), ct = new LinkedHashMap<>(config); cn.put("dataFormat", "NTS"); ct.put("dataFormat", "NST");
            record("rnn.lstmblock", new Object[]{len, xt, c, y, w, ct}, () -> custom1("lstmBlock", new INDArray[]{len.reshape(), xt, c, y, W, pi, pf, po, b}, new int[]{p, 1}, new double[]{fb, clip}, null));
            record("rnn.lstmblock", new Object[]{len, xn, c, y, w, cn}, () -> custom1("lstmBlock", new INDArray[]{len.reshape(), xn, c, y, W, pi, pf, po, b}, new int[]{p, 2}, new double[]{fb, clip}, null));
        }
        INDArray Wx = rnd(t, I, 3 * U), Wh = rnd(t, U, 3 * U), gb = rnd(t, 3 * U), g = rnd(t, T, N, U);
        record("rnn.gru", new Object[]{xs, c, Wx, Wh, gb}, () -> Nd4j.rnn().gru(xs, c, Wx, Wh, gb));
        record("rnn.gruBp", new Object[]{xs, c, Wx, Wh, gb, g}, () -> custom("gru_bp", new INDArray[]{xs, c, Wx, Wh, gb, g}, null, null, null));
        INDArray Wru = rnd(t, I + U, 2 * U), Wc = rnd(t, I + U, U), bru = rnd(t, 2 * U), bc = rnd(t, U), g1 = rnd(t, N, U), g2 = rnd(t, N, U), g3 = rnd(t, N, U), g4 = rnd(t, N, U);
        Map<String, Object> gw = map("iRuWeights", Wru, "iCWeight", Wc, "iRUBias", bru, "iCBias", bc);
        record("rnn.gruCell", new Object[]{x, c, gw}, () -> custom("gruCell", new INDArray[]{x, c, Wru, Wc, bru, bc}, null, null, null));
        record("rnn.gruCellBp", new Object[]{x, c, gw, new Object[]{g1, g2, g3, g4}}, () -> custom("gruCell_bp", new INDArray[]{x, c, Wru, Wc, bru, bc, g1, g2, g3, g4}, null, null, null));
        INDArray one = Nd4j.ones(t, N, U), xr = rnd(t, N, U, T), Ws = rnd(t, 3 * U, U), bs = rnd(t, 2 * U), mask = Nd4j.createFromArray(new double[][]{{1, 1, 0}, {1, 0, 2}, {1, 1, 1}}).castTo(t), gh = rnd(t, N, U, T), gc = rnd(t, N, U), gct = rnd(t, N, U, T);
        Map<String, Object> sw = map("iWeights", Ws, "iBias", bs);
        record("rnn.sru", new Object[]{xr, c, sw}, () -> custom1("sru", new INDArray[]{xr, Ws, bs, c, one}, null, null, null));
        record("rnn.sru", new Object[]{xr, c, mask, sw}, () -> custom1("sru", new INDArray[]{xr, Ws, bs, c, mask}, null, null, null));
        INDArray[] f = custom("sru", new INDArray[]{xr, Ws, bs, c, one}, null, null, null), fm = custom("sru", new INDArray[]{xr, Ws, bs, c, mask}, null, null, null);
        INDArray xc = rnd(t, N, U), Wsc = rnd(t, U, 3 * U);
        Map<String, Object> swc = map("iWeights", Wsc, "iBias", bs);
        record("rnn.sruCell", new Object[]{xc, c, swc}, () -> custom1("sruCell", new INDArray[]{xc, c, Wsc, bs}, null, null, null));
    }
}
