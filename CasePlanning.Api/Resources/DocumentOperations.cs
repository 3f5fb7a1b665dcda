using System.Text.Json.Nodes;
using CasePlanning.Api.OpenApi;
using CasePlanning.Api.Pipeline;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Resources;

internal static class DocumentOperations
{
    public static IReadOnlyList<Operation> All { get; } = Define.Group(
        "Documents",
        Define.Read<JsonObject>("getOpenApi", "/openapi/v1.json", Policy.Anonymous, "This document.", _ => Define.Answer(new JsonObject())) with
        {
            Render = (_, _) => new Reply(StatusCodes.Status200OK, Reply.Utf8(ApiDescription.Text)),
        });
}
