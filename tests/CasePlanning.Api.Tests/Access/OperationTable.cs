using System.Net.Http.Headers;

namespace CasePlanning.Api.Tests.Access;

/// <summary>One operation as a test calls it: on a case of its own, with a body that can be read.</summary>
/// <param name="Allowed">Letters of those it is open to on their own case: worker, supervisor, manager, administrator, auditor.</param>
public sealed record Row(string Operation, string Allowed, string Path, string? Body = null)
{
    public override string ToString() => Operation;
}

/// <summary>Every operation with those it is open to. An operation without a row fails.</summary>
public static class OperationTable
{
    private const string Everybody = "WSMAO";
    private const string Facts = "WSMA";
    private const string Plans = "WSM";
    private const string Supervising = "SM";
    private const string Keeping = "SMA";
    private const string Administration = "A";
    private const string Agency = """{"name":"Sample County","zone":"America/Chicago"}""";
    private const string Withdrawal = """{"reason":"Entered twice"}""";

    public static IReadOnlyList<Row> Rows { get; } =
    [
        new("listAgencies", Administration, "/api/agencies"),
        new("foundAgency", "", "/api/agencies", """{"id":"third","name":"Third","zone":"America/Chicago","administrator":{"id":"tom","name":"Tom","email":"tom@third.org"}}"""),
        new("diffAgency", Administration, "/api/agencies/sample/diff", Agency),
        new("changeAgency", Administration, "/api/agencies/sample", Agency),
        new("diffRules", Administration, "/api/agencies/sample/rules/diff", """{"inForceFrom":"2026-04-01","packs":["default"],"why":"A try"}"""),
        new("changeRules", Administration, "/api/agencies/sample/rules", """{"inForceFrom":"2026-04-01","packs":["default"],"why":"A try"}"""),
        new("listUnits", Administration, "/api/units"),
        new("addUnit", Administration, "/api/units", """{"id":"east","name":"East"}"""),
        new("changeUnit", Administration, "/api/units/south", """{"name":"South","supervisor":"sid","manager":"max"}"""),
        new("listPeople", Administration, "/api/people"),
        new("addPerson", Administration, "/api/people", """{"id":"nina","name":"Nina","email":"nina@sample.org","roles":["worker"]}"""),
        new("changePerson", Administration, "/api/people/gone", """{"name":"gone","email":"gone@sample.org","subject":"gone","roles":["worker"],"active":false}"""),
        new("listAbsences", Administration, "/api/people/will/absences"),
        new("recordAbsence", Administration, "/api/people/gone/absences", """{"id":"a1","from":"2026-01-01","to":"2026-01-02"}"""),
        new("removeAbsence", Administration, "/api/people/gone/absences/a1"),
        new("listCases", Everybody, "/api/cases"),
        new("openCase", "WSA", "/api/cases", """{"number":"new","openedOn":"2026-03-02"}"""),
        new("getCase", Everybody, "/api/cases/{case}"),
        new("transferCase", Keeping, "/api/cases/{case}/transfer", """{"agency":"nowhere","reason":"Moved"}"""),
        new("sealCase", Keeping, "/api/cases/{case}/sealing", """{"openTo":null,"reason":"No longer needed"}"""),
        new("recoverSealedCase", Administration, "/api/cases/{case}/sealing/recovery", """{"openTo":["ada"],"reason":"Everybody left"}"""),
        new("listCaseDeadlines", Everybody, "/api/cases/{case}/deadlines"),
        new("previewCaseDeadlines", Everybody, "/api/cases/{case}/deadlines/preview", "{}"),
        new("previewPlanDeadlines", Everybody, "/api/plans/{case}.home/deadlines/preview", "{}"),
        new("getCaseHistory", Everybody, "/api/cases/{case}/history"),
        .. Fact("Participant", "participants", """{"source":"x","on":"2026-03-01","name":"Raul","role":"parent"}"""),
        .. Fact("Placement", "placements", """{"source":"x","on":"2026-03-01","child":"nobody","setting":"shelter"}"""),
        .. Fact("Determination", "determinations", """{"source":"x","on":"2026-03-01","what":"services-needed"}"""),
        .. Fact("Assessment", "assessments", """{"source":"x","on":"2026-03-01","what":"safety"}"""),
        .. Fact("LegalRecord", "legal-records", """{"source":"x","on":"2026-03-01","courtNumber":"JD-1"}"""),
        .. Fact("Assignment", "assignments", """{"source":"x","on":"2026-03-01","person":"wendy","primary":false}"""),
        .. Fact("Contact", "contacts", """{"source":"x","on":"2026-03-01","what":"family-met"}"""),
        .. Fact("Meeting", "meetings", """{"source":"x","on":"2026-03-01","what":"family-team"}"""),
        .. Fact("Tool", "tools", """{"source":"x","on":"2026-03-01","what":"child-wellbeing","child":"daniel"}"""),
        .. OnRecord("Opening", "openings", """{"source":"x","on":"2026-03-01"}""", Facts).Where(row => row.Operation != "withdrawOpening"),
        .. OnRecord("Review", "reviews", """{"source":"x","on":"2026-03-01","plan":"p","attended":"All"}""", Facts),
        .. OnRecord("Closing", "closings", """{"source":"x","on":"2026-03-01","plan":"p","reason":"Done"}""", Supervising),
        .. OnRecord("Reopening", "reopenings", """{"source":"x","on":"2026-03-01","plan":"p","reason":"New"}""", Supervising),
        .. OnRecord("Excusal", "excusals", """{"source":"x","on":"2026-03-01","occurrence":"o","until":"2026-03-09","reason":"Flood"}""", Supervising),
        new("getPlan", Everybody, "/api/plans/{case}.home"),
        new("listPlanDeadlines", Everybody, "/api/plans/{case}.home/deadlines"),
        new("getPlanHistory", Everybody, "/api/plans/{case}.home/history"),
        new("startUpdate", Plans, "/api/plans/{case}.home/update-start"),
        new("takeBackUpdate", Plans, "/api/plans/{case}.home/update-start"),
        new("recordProgress", Plans, "/api/plans/{case}.home/progress/4", """{"met":"yes","narrative":"Done"}"""),
        new("createVersion", Plans, "/api/plans/{case}.home/versions", """{"kind":"initial","planDate":"2026-03-02"}"""),
        new("getVersion", Everybody, "/api/plans/{case}.home/versions/1"),
        new("saveDraft", Plans, "/api/plans/{case}.home/versions/1", """{"planDate":"2026-03-02","focusChildren":["daniel"],"content":{}}"""),
        new("withdrawDraft", Plans, "/api/plans/{case}.home/versions/1"),
        new("getReadiness", Everybody, "/api/plans/{case}.home/readiness"),
        new("submitPlan", Plans, "/api/plans/{case}.home/submission"),
        new("recallPlan", Plans, "/api/plans/{case}.home/recall"),
        new("decidePlan", "S", "/api/plans/{case}.home/decision", """{"kind":"return"}"""),
        new("rescindApproval", Supervising, "/api/plans/{case}.home/rescission", """{"version":1,"reason":"Wrong"}"""),
        new("listApprovals", Everybody, "/api/approvals"),
        new("reviewPlan", Plans, "/api/plans/{case}.home/reviews", """{"attended":"All"}"""),
        new("closePlan", Plans, "/api/plans/{case}.home/closing", """{"reason":"Done"}"""),
        new("reopenPlan", Supervising, "/api/plans/{case}.home/reopening", """{"reason":"New"}"""),
        new("excuseDeadline", Supervising, "/api/cases/{case}/excusals", """{"occurrence":"o","until":"2026-03-09","reason":"Flood"}"""),
        new("getMe", Everybody, "/api/me"),
        new("getMyPreferences", Everybody, "/api/me/preferences"),
        new("changeMyPreferences", Everybody, "/api/me/preferences", """{"hour":"09:00:00","rhythm":"weekly","extraLeadDays":7}"""),
        new("getBrief", Everybody, "/api/cases/{case}/brief"),
        new("getHandOver", "WSMA", "/api/people/will/hand-over"),
        new("getMyAgenda", Everybody, "/api/me/agenda"),
        new("getTeamAgenda", Everybody, "/api/team/agenda"),
        new("getTeamForecast", Everybody, "/api/team/forecast"),
        new("getTeamOnTime", Everybody, "/api/team/on-time"),
        new("listTeamLateWork", Everybody, "/api/team/on-time/late"),
        new("createCalendar", Everybody, "/api/me/calendar"),
        new("getCalendar", Everybody, "/api/me/calendar"),
        new("revokeCalendar", Everybody, "/api/me/calendar"),
        new("readCalendar", Everybody, "/calendars/none.ics"),
        new("listMail", Administration, "/api/mail"),
        new("releaseAllMail", Administration, "/api/people/will/mail/release"),
        new("releaseMail", Administration, "/api/mail/none@localhost/release"),
        new("reportDelivery", Administration, "/api/mail/none@localhost/delivery", """{"outcome":"delivered","at":"2026-03-02T12:00:00Z"}"""),
        new("isLive", Everybody, "/health/live"),
        new("isReady", Everybody, "/health/ready"),
        new("getOpenApi", Everybody, "/openapi/v1.json"),
    ];

    public static Row Of(Operation operation) => Rows.Single(row => row.Operation == operation.Name);

    /// <summary>The row's request for a case, as it is sent.</summary>
    public static HttpRequestMessage Request(Row row, string caseId)
    {
        var operation = Operations.All.Single(each => each.Name == row.Operation);
        var request = new HttpRequestMessage(new HttpMethod(operation.Method), row.Path.Replace("{case}", caseId))
        {
            Content = row.Body is null ? null : new StringContent(row.Body, new MediaTypeHeaderValue("application/json")),
        };
        if (operation.RequiresIfMatch)
        {
            request.Headers.Add("If-Match", "\"1\"");
        }

        return request;
    }

    private static IEnumerable<Row> Fact(string kind, string plural, string body) =>
        OnRecord(kind, plural, body, Facts).Prepend(new Row($"record{kind}", Facts, $"/api/cases/{{case}}/{plural}", body));

    private static IEnumerable<Row> OnRecord(string kind, string plural, string body, string changedBy) =>
    [
        new($"get{kind}", Everybody, $"/api/cases/{{case}}/{plural}/x"),
        new($"correct{kind}", changedBy, $"/api/cases/{{case}}/{plural}/x/correction", $$"""{"reason":"A slip","fact":{{body}}}"""),
        new($"withdraw{kind}", changedBy, $"/api/cases/{{case}}/{plural}/x/withdrawal", Withdrawal),
    ];
}
