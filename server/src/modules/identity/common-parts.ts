/** What most guessed passwords are made of: words of the well-known lists, rows of keys, Chinese favourites, and names of this place. */
export const commonParts: readonly string[] = `
password passwort passwd pass word letmein welcome login signin admin administrator root user test tester demo guest default changeme change
secret master dragon monkey football baseball superman batman princess sunshine shadow michael jennifer jordan hunter ranger soccer hockey
iloveyou loveyou love lover baby angel friend forever flower computer internet samsung google facebook apple iphone android windows microsoft
hello world freedom whatever trustno starwars pokemon naruto killer summer winter spring autumn monday friday january december
qwertyuiop qwerty qwert asdfghjkl asdfgh asdf zxcvbnm zxcvbn zxcv qazwsxedc qazwsx qaz wsx edc 1qaz 2wsx 3edc 4rfv 1q2w3e4r5t 1q2w3e4r 1q2w3e q1w2e3r4 qweasdzxc qweasd qwe asd zxc
poiuytrewq lkjhgfdsa mnbvcxz abcdefgh abcdef abcd abc aabbcc aaa xyz
0123456789 1234567890 123456789 12345678 1234567 123456 12345 1234 123 987654321 87654321 654321 54321 4321 321
123321 112233 121212 123123 147258369 147258 159357 159753 789456123 789456 456789 741852963 102030 520 1314 5201314 1314520 666 888 999 168 518 110 119 120
woaini woaiwojia aini nihao zhongguo beijing shanghai hangzhou zhejiang fuyang xiaoxin baobao laopo laogong qinai wangyi tencent weixin wechat alipay taobao
zhulian minzheng zhengfu shehui jiuzhu daofu zhuli fuchun yinhu chunjiang lushan dayuan changan 
wang zhang chen yang zhao huang zhou
助联 富阳 杭州 浙江 民政 救助 密码 我爱你 中国 你好
`
  .split(/\s+/)
  .filter(part => part !== '')
