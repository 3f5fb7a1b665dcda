using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Http;

public sealed class FactFunctions(Bound bound)
{
    [Function("recordParticipant")]
    public Task<IResult> RecordParticipant([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/participants")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getParticipant")]
    public Task<IResult> GetParticipant([HttpTrigger(Anonymous, "get", Route = "api/cases/{id}/participants/{source}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("correctParticipant")]
    public Task<IResult> CorrectParticipant([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/participants/{source}/correction")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("withdrawParticipant")]
    public Task<IResult> WithdrawParticipant([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/participants/{source}/withdrawal")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("recordPlacement")]
    public Task<IResult> RecordPlacement([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/placements")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getPlacement")]
    public Task<IResult> GetPlacement([HttpTrigger(Anonymous, "get", Route = "api/cases/{id}/placements/{source}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("correctPlacement")]
    public Task<IResult> CorrectPlacement([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/placements/{source}/correction")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("withdrawPlacement")]
    public Task<IResult> WithdrawPlacement([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/placements/{source}/withdrawal")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("recordDetermination")]
    public Task<IResult> RecordDetermination([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/determinations")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getDetermination")]
    public Task<IResult> GetDetermination([HttpTrigger(Anonymous, "get", Route = "api/cases/{id}/determinations/{source}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("correctDetermination")]
    public Task<IResult> CorrectDetermination([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/determinations/{source}/correction")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("withdrawDetermination")]
    public Task<IResult> WithdrawDetermination([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/determinations/{source}/withdrawal")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("recordAssessment")]
    public Task<IResult> RecordAssessment([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/assessments")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getAssessment")]
    public Task<IResult> GetAssessment([HttpTrigger(Anonymous, "get", Route = "api/cases/{id}/assessments/{source}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("correctAssessment")]
    public Task<IResult> CorrectAssessment([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/assessments/{source}/correction")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("withdrawAssessment")]
    public Task<IResult> WithdrawAssessment([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/assessments/{source}/withdrawal")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("recordLegalRecord")]
    public Task<IResult> RecordLegalRecord([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/legal-records")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getLegalRecord")]
    public Task<IResult> GetLegalRecord([HttpTrigger(Anonymous, "get", Route = "api/cases/{id}/legal-records/{source}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("correctLegalRecord")]
    public Task<IResult> CorrectLegalRecord([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/legal-records/{source}/correction")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("withdrawLegalRecord")]
    public Task<IResult> WithdrawLegalRecord([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/legal-records/{source}/withdrawal")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("recordAssignment")]
    public Task<IResult> RecordAssignment([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/assignments")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getAssignment")]
    public Task<IResult> GetAssignment([HttpTrigger(Anonymous, "get", Route = "api/cases/{id}/assignments/{source}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("correctAssignment")]
    public Task<IResult> CorrectAssignment([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/assignments/{source}/correction")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("withdrawAssignment")]
    public Task<IResult> WithdrawAssignment([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/assignments/{source}/withdrawal")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("recordContact")]
    public Task<IResult> RecordContact([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/contacts")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getContact")]
    public Task<IResult> GetContact([HttpTrigger(Anonymous, "get", Route = "api/cases/{id}/contacts/{source}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("correctContact")]
    public Task<IResult> CorrectContact([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/contacts/{source}/correction")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("withdrawContact")]
    public Task<IResult> WithdrawContact([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/contacts/{source}/withdrawal")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("recordMeeting")]
    public Task<IResult> RecordMeeting([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/meetings")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getMeeting")]
    public Task<IResult> GetMeeting([HttpTrigger(Anonymous, "get", Route = "api/cases/{id}/meetings/{source}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("correctMeeting")]
    public Task<IResult> CorrectMeeting([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/meetings/{source}/correction")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("withdrawMeeting")]
    public Task<IResult> WithdrawMeeting([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/meetings/{source}/withdrawal")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("recordTool")]
    public Task<IResult> RecordTool([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/tools")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getTool")]
    public Task<IResult> GetTool([HttpTrigger(Anonymous, "get", Route = "api/cases/{id}/tools/{source}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("correctTool")]
    public Task<IResult> CorrectTool([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/tools/{source}/correction")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("withdrawTool")]
    public Task<IResult> WithdrawTool([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/tools/{source}/withdrawal")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getOpening")]
    public Task<IResult> GetOpening([HttpTrigger(Anonymous, "get", Route = "api/cases/{id}/openings/{source}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("correctOpening")]
    public Task<IResult> CorrectOpening([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/openings/{source}/correction")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getReview")]
    public Task<IResult> GetReview([HttpTrigger(Anonymous, "get", Route = "api/cases/{id}/reviews/{source}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("correctReview")]
    public Task<IResult> CorrectReview([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/reviews/{source}/correction")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("withdrawReview")]
    public Task<IResult> WithdrawReview([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/reviews/{source}/withdrawal")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getClosing")]
    public Task<IResult> GetClosing([HttpTrigger(Anonymous, "get", Route = "api/cases/{id}/closings/{source}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("correctClosing")]
    public Task<IResult> CorrectClosing([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/closings/{source}/correction")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("withdrawClosing")]
    public Task<IResult> WithdrawClosing([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/closings/{source}/withdrawal")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getReopening")]
    public Task<IResult> GetReopening([HttpTrigger(Anonymous, "get", Route = "api/cases/{id}/reopenings/{source}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("correctReopening")]
    public Task<IResult> CorrectReopening([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/reopenings/{source}/correction")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("withdrawReopening")]
    public Task<IResult> WithdrawReopening([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/reopenings/{source}/withdrawal")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getExcusal")]
    public Task<IResult> GetExcusal([HttpTrigger(Anonymous, "get", Route = "api/cases/{id}/excusals/{source}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("correctExcusal")]
    public Task<IResult> CorrectExcusal([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/excusals/{source}/correction")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("withdrawExcusal")]
    public Task<IResult> WithdrawExcusal([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/excusals/{source}/withdrawal")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);
}
