using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Reflection;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CasePlanning.Functions.Tests.Protocol;

/// <summary>
/// Messages of the protocol between the platform and its workers, as JSON. Their types are internal to the worker's package, their description
/// is the one the worker itself uses.
/// </summary>
internal static class RpcMessages
{
    private const int Header = 5;

    private static readonly MessageDescriptor Streaming =
        ((FileDescriptor)Assembly.Load("Microsoft.Azure.Functions.Worker.Grpc")
            .GetType("Microsoft.Azure.Functions.Worker.Grpc.Messages.FunctionRpcReflection", throwOnError: true)!
            .GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!
            .GetValue(null)!)
        .FindTypeByName<MessageDescriptor>("StreamingMessage");

    /// <summary>A message with the five bytes that gRPC puts before one: not compressed, and its length.</summary>
    public static byte[] Framed(JsonNode message)
    {
        var body = JsonParser.Default.Parse(message.ToJsonString(), Streaming).ToByteArray();
        var frame = new byte[Header + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), body.Length);
        body.CopyTo(frame, Header);
        return frame;
    }

    /// <summary>The next message, or null at the end.</summary>
    public static async Task<JsonNode?> Read(PipeReader reader, CancellationToken ct)
    {
        var header = await reader.ReadAtLeastAsync(Header, ct);
        if (header.Buffer.Length < Header)
        {
            return null;
        }

        var length = LengthIn(header);
        reader.AdvanceTo(header.Buffer.GetPosition(Header));
        if (length == 0)
        {
            return new JsonObject();
        }

        var body = await reader.ReadAtLeastAsync(length, ct);
        var message = Streaming.Parser.ParseFrom(body.Buffer.Slice(0, length));
        reader.AdvanceTo(body.Buffer.GetPosition(length));
        return JsonNode.Parse(JsonFormatter.Default.Format(message));
    }

    private static int LengthIn(ReadResult header)
    {
        Span<byte> length = stackalloc byte[4];
        System.Buffers.BuffersExtensions.CopyTo(header.Buffer.Slice(1, 4), length);
        return BinaryPrimitives.ReadInt32BigEndian(length);
    }
}
