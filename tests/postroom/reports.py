"""Reports as servers write them, about a message of ours."""

DSN = """\
From: MAILER-DAEMON@mx.example
To: office@barset.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <{own_id}>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Mon, 30 Mar 2026 09:00:00 +0000

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.reader.example
Diagnostic-Code: smtp; {diagnostic}

--b1
Content-Type: {original_type}

From: Alice <alice@barset.example>
To: {recipient}
Subject: A crossing for Mill Lane
Message-ID: <{message_id}>
List-Unsubscribe: <{unsubscribe}>

Hello.

--b1--
"""

ARF = """\
From: feedback@provider.example
To: office@barset.example
Subject: FW: A crossing for Mill Lane
Message-ID: <{own_id}>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

This is an email abuse report.

--b1
Content-Type: message/feedback-report

Feedback-Type: {feedback}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <office@barset.example>
{original_rcpt}Arrival-Date: Mon, 30 Mar 2026 09:00:00 +0000

--b1
Content-Type: {original_type}

From: Alice <alice@barset.example>
To: {recipient}
Subject: A crossing for Mill Lane
Message-ID: <{message_id}>
List-Unsubscribe: <{unsubscribe}>

Hello.

--b1--
"""

ANSWER = """\
From: Pat <p0@barset.example>
To: alice@barset.example
Subject: Re: A crossing for Mill Lane
Message-ID: <answer@reader.example>

Well said.
"""


def dsn(
    *,
    recipient: str = "p0@barset.example",
    message_id: str = "unknown@barset.example",
    status: str = "5.1.1",
    action: str = "failed",
    diagnostic: str = "550 5.1.1 <p0@barset.example>: Recipient address rejected: User unknown",
    own_id: str = "dsn1@mx.example",
    original_type: str = "text/rfc822-headers",
    unsubscribe: str = "https://barset.example/x/",
) -> bytes:
    """A delivery status notification (RFC 3464)."""
    return DSN.format(**locals()).encode()


def arf(
    *,
    recipient: str = "p0@barset.example",
    message_id: str = "unknown@barset.example",
    feedback: str = "abuse",
    own_id: str = "arf1@provider.example",
    original_rcpt: str = "Original-Rcpt-To: <p0@barset.example>\n",
    original_type: str = "message/rfc822",
    unsubscribe: str = "https://barset.example/x/",
) -> bytes:
    """An abuse report (RFC 5965)."""
    return ARF.format(**locals()).encode()


def mbox(*messages: bytes) -> bytes:
    """A mailbox file of these messages."""
    return b"".join(
        b"From MAILER-DAEMON Mon Mar 30 09:00:00 2026\n" + message + b"\n" for message in messages
    )
