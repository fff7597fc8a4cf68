using JubileeVerse.Errors;
using JubileeVerse.Gateway.Errors;

namespace JubileeVerse.Gateway.Tests.Errors;

public sealed class ErrorTableTests
{
    [Fact]
    public void Codes_AllOfTheContract_AreCovered() =>
        Assert.Equal(Enum.GetValues<ErrorCode>().Order(), ErrorTable.Codes.Order());

    [Fact]
    public void Types_AllCodes_Differ() =>
        Assert.Equal(ErrorTable.Codes.Count, ErrorTable.Codes.Select(ErrorTable.TypeOf).Distinct().Count());

    [Fact]
    public void Of_CodeOfANewerSilo_IsAnInternalError() => Assert.Equal(500, ErrorTable.Of((ErrorCode)9999).Status);

    [Theory]
    [InlineData(ErrorCode.InvalidRequest, 400)]
    [InlineData(ErrorCode.Unauthenticated, 401)]
    [InlineData(ErrorCode.InvalidCredentials, 401)]
    [InlineData(ErrorCode.AccountDisabled, 403)]
    [InlineData(ErrorCode.NotFound, 404)]
    [InlineData(ErrorCode.EmailTaken, 409)]
    [InlineData(ErrorCode.ReplyInProgress, 409)]
    [InlineData(ErrorCode.PayloadTooLarge, 413)]
    [InlineData(ErrorCode.IdempotencyMismatch, 422)]
    [InlineData(ErrorCode.RateLimited, 429)]
    [InlineData(ErrorCode.Unavailable, 503)]
    public void Of_CodeOfTheSpecification_HasItsStatus(ErrorCode code, int status) => Assert.Equal(status, ErrorTable.Of(code).Status);

    [Fact]
    public void Problem_ThatInvitesAnotherTry_SaysWhen()
    {
        Assert.Equal(3, new Problem(ErrorCode.RateLimited, RetryAfter: TimeSpan.FromSeconds(2.1)).RetryAfterSeconds);
        Assert.Equal(1, new Problem(ErrorCode.QueueFull, RetryAfter: TimeSpan.Zero).RetryAfterSeconds);
        Assert.NotNull(new Problem(ErrorCode.Unavailable).RetryAfterSeconds);
        Assert.Null(new Problem(ErrorCode.NotFound).RetryAfterSeconds);
    }

    [Fact]
    public void Problem_OfARefusal_KeepsWhatItSays()
    {
        var problem = Problem.Of(new Refusal(ErrorCode.QueueFull, "900 are waiting.", TimeSpan.FromSeconds(30), 900));

        Assert.Equal((ErrorCode.QueueFull, "900 are waiting.", 30, 900), (problem.Code, problem.Detail, problem.RetryAfterSeconds, problem.Position));
    }

    [Fact]
    public void ExceptionProblem_OfAFullQueue_SaysWhenToComeBack() => Assert.Equal(
        30, ExceptionProblem.Of(new JubileeException(ErrorCode.QueueFull, "Full.") { RetryAfter = TimeSpan.FromSeconds(30) }).RetryAfterSeconds);

    [Fact]
    public void ExceptionProblem_TimeOut_IsUnavailable() =>
        Assert.Equal(ErrorCode.Unavailable, ExceptionProblem.Of(new TimeoutException("late")).Code);

    [Fact]
    public void ExceptionProblem_Anything_SaysNothingOfIt()
    {
        var problem = ExceptionProblem.Of(new InvalidOperationException("secret"));

        Assert.Equal(ErrorCode.Internal, problem.Code);
        Assert.Null(problem.Detail);
    }
}
