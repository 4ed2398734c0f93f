// Runs cases ({op, args} in a JSON list) on ND4J and writes them, line by line, with result or refusal: Record cases.json lines.json 0
// An op is `math.add`, called by reflection on Nd4j.math(), or has a field `custom` {name, inputs, i, t, b} of a DynamicCustomOp: inputs are
// positions in args. Arrays are {shape, type, data: base64 of little-endian elements in 'c' order}, weights may be null, conditions texts such as `greaterThan 2`.
import java.io.File;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Condition;
import org.nd4j.linalg.indexing.conditions.Conditions;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

public class Record {
  static final ObjectMapper JSON = new ObjectMapper();

  static boolean isArray(JsonNode n) { return n.isObject() && n.has("shape"); }

  static double number(JsonNode n) { return n.isTextual() ? Double.parseDouble(n.asText()) : n.asDouble(); }

  static INDArray arrayOf(JsonNode n) {
    DataType type = DataType.valueOf(n.get("type").asText());
    long[] shape = new long[n.get("shape").size()];
    for (int i = 0; i < shape.length; i++) shape[i] = n.get("shape").get(i).asLong();
    if (n.has("empty") && n.get("empty").asBoolean()) return shape.length == 0 ? Nd4j.empty(type) : Nd4j.create(type, shape);
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(n.get("data").asText())).order(ByteOrder.LITTLE_ENDIAN);
    INDArray x = Nd4j.create(type, shape, 'c');
    for (long i = 0; i < x.length(); i++) {
      switch (type) {
        case FLOAT: x.data().put(i, bytes.getFloat()); break;
        case DOUBLE: x.data().put(i, bytes.getDouble()); break;
        case LONG: x.data().put(i, bytes.getLong()); break;
        case INT: x.data().put(i, bytes.getInt()); break;
        case SHORT: x.data().put(i, bytes.getShort()); break;
        case BYTE: x.data().put(i, bytes.get()); break;
        case UBYTE: x.data().put(i, bytes.get() & 255); break;
        case BOOL: x.data().put(i, bytes.get() != 0); break;
        default: throw new Error("type " + type);
      }
    }
    return x;
  }

  static JsonNode written(INDArray x) {
    ObjectNode n = JSON.createObjectNode();
    ArrayNode shape = n.putArray("shape");
    for (long s : x.shape()) shape.add(s);
    n.put("type", x.dataType().name());
    if (x.isEmpty()) { n.put("empty", true); return n; }
    INDArray c = x.dup('c');
    ByteBuffer b = ByteBuffer.allocate((int) (x.length() * x.dataType().width())).order(ByteOrder.LITTLE_ENDIAN);
    for (long i = 0; i < x.length(); i++) {
      switch (x.dataType()) {
        case FLOAT: b.putFloat(c.data().getFloat(i)); break;
        case DOUBLE: b.putDouble(c.data().getDouble(i)); break;
        case LONG: case UINT64: b.putLong(c.data().getLong(i)); break;
        case INT: case UINT32: b.putInt(c.data().getInt(i)); break;
        case SHORT: case UINT16: b.putShort((short) c.data().getInt(i)); break;
        case BYTE: case UBYTE: b.put((byte) c.data().getInt(i)); break;
        case BOOL: b.put((byte) (c.data().getInt(i) != 0 ? 1 : 0)); break;
        default: throw new Error("type " + x.dataType());
      }
    }
    n.put("data", Base64.getEncoder().encodeToString(b.array()));
    return n;
  }

  /** The argument as a parameter's type, or null when it does not fit. */
  static Object as(Class<?> type, JsonNode n) throws Exception {
    boolean isNumber = n.isNumber() || (n.isTextual() && n.asText().matches("NaN|-?Infinity"));
    if (type == INDArray.class) return isArray(n) ? arrayOf(n) : null;
    if (type == double.class) return isNumber ? number(n) : null;
    if (type == int.class) return n.isIntegralNumber() ? n.asInt() : null;
    if (type == boolean.class) return n.isBoolean() ? n.asBoolean() : null;
    if (type.isArray()) {
      if (!n.isArray()) return null;
      Object list = Array.newInstance(type.getComponentType(), n.size());
      for (int i = 0; i < n.size(); i++) {
        if (type == long[].class) Array.setLong(list, i, n.get(i).asLong());
        else {
          Object each = as(type.getComponentType(), n.get(i));
          if (each == null) return null;
          Array.set(list, i, each);
        }
      }
      return list;
    }
    if (type == Condition.class && n.isTextual()) {
      String[] words = n.asText().split(" ");
      for (Method m : Conditions.class.getMethods()) {
        if (!m.getName().equals(words[0]) || m.getParameterCount() != words.length - 1) continue;
        return words.length == 1 ? m.invoke(null) : m.invoke(null, Double.parseDouble(words[1]));
      }
    }
    if (type.isEnum() && n.isTextual()) {
      for (Object each : type.getEnumConstants()) if (((Enum<?>) each).name().equals(n.asText())) return each;
    }
    return n.isObject() && type.getSimpleName().endsWith("Config") ? configured(type, n) : null;
  }

  /** A configuration by its builder, one method for each field. */
  static Object configured(Class<?> type, JsonNode n) throws Exception {
    Object builder = type.getMethod("builder").invoke(null);
    java.util.Iterator<String> names = n.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      for (Method m : builder.getClass().getMethods()) {
        if (!m.getName().equals(name) || m.getParameterCount() != 1) continue;
        Class<?> wanted = m.getParameterTypes()[0];
        JsonNode value = n.get(name);
        m.invoke(builder, wanted == String.class ? value.asText() : wanted == long.class ? (Object) value.asLong() : as(wanted, value));
      }
    }
    Method build = builder.getClass().getMethod("build");
    try { return build.invoke(builder); } catch (InvocationTargetException e) { throw (Exception) e.getCause(); }
  }

  static Object run(JsonNode each) throws Throwable {
    JsonNode args = each.get("args");
    if (each.has("custom")) {
      JsonNode custom = each.get("custom");
      DynamicCustomOp.DynamicCustomOpsBuilder op = DynamicCustomOp.builder(custom.get("name").asText());
      // The builder's add methods replace what an earlier call added: each is called once.
      java.util.List<INDArray> inputs = new java.util.ArrayList<>();
      for (JsonNode i : custom.get("inputs")) {
        JsonNode input = args.get(i.asInt());
        // Weights of null are a scalar 1 of the type of the predictions, which stand before them.
        inputs.add(input.isNull() ? Nd4j.scalar(DataType.valueOf(args.get(i.asInt() - 1).get("type").asText()), 1.0) : arrayOf(input));
      }
      op.addInputs(inputs.toArray(new INDArray[0]));
      java.util.List<Integer> whole = new java.util.ArrayList<>();
      if (custom.has("i")) for (JsonNode i : custom.get("i")) whole.add(i.asInt());
      if (!whole.isEmpty()) op.addIntegerArguments(whole.stream().mapToInt(Integer::intValue).toArray());
      java.util.List<Double> real = new java.util.ArrayList<>();
      if (custom.has("t")) for (JsonNode t : custom.get("t")) real.add(t.asDouble());
      if (!real.isEmpty()) op.addFloatingPointArguments(real.toArray(new Double[0]));
      if (custom.has("b")) for (JsonNode b : custom.get("b")) op.addBooleanArguments(b.asBoolean());
      INDArray[] outputs = Nd4j.exec(op.build());
      return outputs.length == 1 && !each.has("list") ? outputs[0] : outputs;
    }
    String[] words = each.get("op").asText().split("\\.");
    if (words[0].equals("random")) Nd4j.getRandom().setSeed(42);
    Object space = Nd4j.class.getMethod(words[0]).invoke(null);
    for (Method m : space.getClass().getMethods()) {
      if (!m.getName().equals(words[1]) || m.getParameterCount() != args.size()) continue;
      Object[] values = new Object[args.size()];
      boolean fits = true;
      for (int i = 0; i < values.length && fits; i++) {
        if (args.get(i).isNull() && m.getParameterTypes()[i] == INDArray.class) continue;
        fits = (values[i] = as(m.getParameterTypes()[i], args.get(i))) != null;
      }
      if (!fits) continue;
      try { return m.invoke(space, values); } catch (InvocationTargetException e) { throw e.getCause(); }
    }
    throw new Error("no method " + each);
  }

  /** Appends a line for each case from a place on: what crashes the process can be skipped by the next run. */
  public static void main(String[] paths) throws Throwable {
    ArrayNode cases = (ArrayNode) JSON.readTree(new File(paths[0]));
    try (java.io.PrintStream lines = new java.io.PrintStream(new java.io.FileOutputStream(paths[1], true), true)) {
      for (int at = Integer.parseInt(paths[2]); at < cases.size(); at++) {
        JsonNode each = cases.get(at);
        ObjectNode out = JSON.createObjectNode();
        out.set("op", each.get("op"));
        out.set("args", each.get("args"));
        System.err.println(at + " " + each.get("op"));
        try {
          Object result = run(each);
          if (result == null) throw new NullPointerException("the result is null");
          if (result instanceof INDArray) out.set("result", written((INDArray) result));
          else {
            ArrayNode list = out.putArray("result");
            for (INDArray x : (INDArray[]) result) list.add(written(x));
          }
        } catch (Exception e) {
          ObjectNode t = out.putObject("throws");
          t.put("class", e.getClass().getName());
          t.put("message", e.getMessage());
        }
        lines.println(JSON.writeValueAsString(out));
      }
    }
    System.exit(0);
  }
}
