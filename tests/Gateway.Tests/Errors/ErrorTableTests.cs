using JubileeVerse.Errors;
using JubileeVerse.Gateway.Errors;

namespace JubileeVerse.Gateway.Tests.Errors;

public sealed class ErrorTableTests
{
    [Fact]
    public void Codes_EveryErrorCode_HasAnEntry() =>
        Assert.Equal(Enum.GetValues<ErrorCode>().Order(), ErrorTable.Codes.Order());

    [Fact]
    public void TypeFor_EveryCode_IsUnique() =>
        Assert.Equal(ErrorTable.Codes.Count, ErrorTable.Codes.Select(ErrorTable.TypeFor).Distinct().Count());

    [Fact]
    public void For_CodeOfANewerSilo_IsAnInternalError() => Assert.Equal(500, ErrorTable.For((ErrorCode)9999).Status);

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
    public void For_SpecifiedCode_HasItsStatus(ErrorCode code, int status) => Assert.Equal(status, ErrorTable.For(code).Status);

    [Fact]
    public void RetryAfterSeconds_RetryableCode_IsSet()
    {
        Assert.Equal(3, new Problem(ErrorCode.RateLimited, RetryAfter: TimeSpan.FromSeconds(2.1)).RetryAfterSeconds);
        Assert.Equal(1, new Problem(ErrorCode.QueueFull, RetryAfter: TimeSpan.Zero).RetryAfterSeconds);
        Assert.NotNull(new Problem(ErrorCode.Unavailable).RetryAfterSeconds);
        Assert.Null(new Problem(ErrorCode.NotFound).RetryAfterSeconds);
    }

    [Fact]
    public void ProblemFrom_Refusal_KeepsItsValues()
    {
        var problem = Problem.From(new Refusal(ErrorCode.QueueFull, "900 are waiting.", TimeSpan.FromSeconds(30), 900));

        Assert.Equal(
            (ErrorCode.QueueFull, "900 are waiting.", 30, 900),
            (problem.Code, problem.Detail, problem.RetryAfterSeconds, problem.Position));
    }

    [Fact]
    public void ExceptionProblemFrom_FullQueue_KeepsRetryAfter()
    {
        var exception = new JubileeException(ErrorCode.QueueFull, "Full.") { RetryAfter = TimeSpan.FromSeconds(30) };

        Assert.Equal(30, ExceptionProblem.From(exception).RetryAfterSeconds);
    }

    [Fact]
    public void ExceptionProblemFrom_Timeout_IsUnavailable() =>
        Assert.Equal(ErrorCode.Unavailable, ExceptionProblem.From(new TimeoutException("late")).Code);

    [Fact]
    public void ExceptionProblemFrom_UnexpectedException_HidesItsMessage()
    {
        var problem = ExceptionProblem.From(new InvalidOperationException("secret"));

        Assert.Equal(ErrorCode.Internal, problem.Code);
        Assert.Null(problem.Detail);
    }
}
